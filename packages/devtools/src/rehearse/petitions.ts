import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';

/** What came of one registration: the code of the fault, or OK. */
export interface Registered {
  readonly key: string;
  readonly code: string;
  readonly ms: number;
}

const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { __typename ... on PetitionRefusal { code } } }`;

/** Registers a petition at the window as a person would, through the gateway; made-up people only. */
export async function registerPetition(url: string, token: string, key: string = randomUUID()): Promise<Registered> {
  const input = {
    idempotencyKey: key, purpose: 'CLAIM', channel: 'VISIT', petitionedOn: '2022-09-26', divisionCode: '640104', title: `演练件 ${key.slice(0, 8)}`,
    summary: '本件为备份恢复与磁盘写满演练的虚构内容，不涉及任何真实的人和事。', petitioners: [{ name: '示例甲' }], claims: ['演练'],
  };
  const began = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ query: REGISTER, variables: { input } }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as { data?: { registerPetition?: { __typename: string; code?: string } | null }; errors?: { extensions?: { code?: string } }[] };
  const payload = answer.data?.registerPetition;
  const code = payload?.__typename === 'RegisterPetitionPayload' ? 'OK' : (payload?.code ?? answer.errors?.[0]?.extensions?.code ?? String(response.status));
  return { key, code, ms: performance.now() - began };
}

/** `count` petitions, four at a time. @throws Error when one is not registered */
export async function registerMany(url: string, token: string, count: number): Promise<void> {
  let left = count;
  const clerk = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { code } = await registerPetition(url, token);
      if (code !== 'OK') throw new Error(`a petition could not be registered: ${code}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, clerk));
}
