import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { request } from 'undici';
import { setBusinessNow } from '@anjie/devtools';
import { openDepartmentPortal, type DepartmentPortal } from '@anjie/testing';
import { startLocalSystem, type FaultSystem } from '../../faults/harness/system';
import type { GraphAnswer } from '../../faults/harness/graph';
import { fillPlaces } from './directory';
import { claimsOf, PERSONAS, type PersonaName } from './personas';
import { loadSchema, payloadSelection } from './schema';

/** A whole system of its own, and what the tests may do to it: ask over HTTP as somebody, read its tables, move its clock. */
export interface SecuritySystem {
  readonly url: string;
  readonly schema: GraphQLSchema;
  /** The department system that webhooks go to. */
  readonly receiver: Pick<DepartmentPortal, 'url' | 'trust'>;
  ask(who: PersonaName, query: string, variables?: object): Promise<GraphAnswer>;
  /** The body as it came, for comparing byte by byte. */
  askRaw(who: PersonaName, body: string): Promise<string>;
  /** A mutation that must succeed; answers the payload with ids and versions. */
  act(who: PersonaName, mutation: string, input: object): Promise<Payload>;
  /** Id of an uploaded file. */
  upload(who: PersonaName, purpose: string, file: { name: string; body: Buffer }): Promise<string>;
  download(who: PersonaName, path: string): Promise<Buffer>;
  rows<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  settled(): Promise<void>;
  moveTo(instant: string): Promise<void>;
  stop(): Promise<void>;
}
export type Payload = Readonly<Record<string, Readonly<Record<string, never>> & { readonly id: string; readonly version: number }>>;

export async function startSecuritySystem(): Promise<SecuritySystem> {
  const receiver = await openDepartmentPortal();
  const system = await startLocalSystem({ durable: false, env: { ANJIE_WEBHOOK_TARGETS: `127.0.0.1:${receiver.port}`, ANJIE_KINDS_DIR: join(__dirname, 'kinds') } }).catch(async (error: unknown) => {
    await receiver.close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await system.stop();
    await receiver.close();
  };
  try {
    return { ...(await openSecuritySystem(system)), receiver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Inner = Pick<FaultSystem, 'url' | 'tokenFor' | 'graph' | 'rows' | 'settled' | 'engines' | 'stack' | 'tokens'>;

async function openSecuritySystem(system: Inner): Promise<Doors> {
  await fillPlaces(system);
  const tokens = new Map(await Promise.all(Object.values(PERSONAS).map(async (persona) => [persona.name, await system.tokenFor(claimsOf(persona))] as const)));
  return doorsOfSystem(system, (who) => tokens.get(who) ?? '');
}

type Doors = Omit<SecuritySystem, 'receiver' | 'stop'>;

const BUSY = /\b(TIMEOUT|SERVICE_UNAVAILABLE)\b/;
/** A connection that was kept alive and closed at the same moment, one that was not taken in time. */
const UNANSWERED = /^(UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT)|ECONNRESET|ECONNREFUSED|EPIPE)$/;
const PATIENCE = 60;

/** What a busy machine had no time for is asked again a second later, a mutation under the same key. */
async function patiently<Answer>(ask: () => Promise<Answer>, isBusy: (answer: Answer) => boolean): Promise<Answer> {
  for (let left = PATIENCE; ; left -= 1) {
    const answer = await ask().catch((error: unknown) => {
      if (left === 0 || !UNANSWERED.test((error as { code?: string }).code ?? '')) throw error;
      return undefined;
    });
    if (answer !== undefined && (left === 0 || !isBusy(answer))) return answer;
    await sleep(1_000);
  }
}

function doorsOfSystem({ url, graph, ...system }: Pick<Inner, 'url' | 'graph' | 'rows' | 'settled' | 'engines' | 'stack'>, tokenOf: (who: PersonaName) => string): Doors {
  const schema = loadSchema();
  const ask = (who: PersonaName, query: string, variables: object): Promise<GraphAnswer> =>
    patiently(() => graph.ask({ token: tokenOf(who), query, variables, timeoutMs: 60_000 }), ({ errors }) => errors?.some(({ extensions }) => BUSY.test(extensions.code)) ?? false);
  const authorised = (who: PersonaName) => ({ authorization: `Bearer ${tokenOf(who)}` });
  return {
    url, schema,
    ...filesOf(url, authorised),
    ask: (who, query, variables = {}) => ask(who, query, variables),
    askRaw: (who, body) => patiently(async () => {
      const answer = await request(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...authorised(who) }, body });
      return `${answer.statusCode} ${await answer.body.text()}`;
    }, (text) => BUSY.test(text)),
    async act(who, mutation, input) {
      const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type.toString() ?? '';
      const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { ${payloadSelection(schema, mutation)} } }`;
      const variables = { input: { idempotencyKey: randomUUID(), ...input } };
      const { data, errors } = await ask(who, query, variables);
      const done = data?.['done'] as (Payload & { code?: string; message?: string }) | undefined;
      if (!done || errors) throw new Error(`${mutation} as ${who}: ${JSON.stringify(errors)}\nwith ${JSON.stringify(input)}`);
      if (done.code) throw new Error(`${mutation} as ${who}: ${String(done.code)} ${String(done.message)}\nwith ${JSON.stringify(input)}`);
      return done;
    },
    rows: system.rows,
    settled: () => system.settled(240_000),
    moveTo: (instant) => setBusinessNow(system.engines.databaseUrl, system.stack.services, new Date(instant)),
  };
}

function filesOf(url: string, authorised: (who: PersonaName) => { readonly authorization: string }): Pick<Doors, 'upload' | 'download'> {
  return {
    async upload(who, purpose, { name, body }) {
      const headers = { ...authorised(who), 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) };
      const answer = await request(`${url}/files?purpose=${purpose}`, { method: 'POST', body, headers });
      const told = (await answer.body.json()) as { id?: string };
      if (!told.id) throw new Error(`upload of ${name} as ${who}: ${JSON.stringify(told)}`);
      return told.id;
    },
    async download(who, path) {
      const answer = await request(`${url}${path}`, { headers: authorised(who) });
      const body = Buffer.from(await answer.body.arrayBuffer());
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${body.toString('utf8').slice(0, 200)}`);
      return body;
    },
  };
}

/** Many things at once, but no more than the machine bears. */
export async function inParallel<Item, Made>(items: readonly Item[], work: (item: Item, index: number) => Promise<Made>, width = 6): Promise<Made[]> {
  const made: Made[] = new Array<Made>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      made[index] = await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return made;
}
