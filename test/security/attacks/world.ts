import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDevIssuer } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { leaksIn } from '../../e2e/no-leak';
import type { LocalSystem } from '../../faults/harness/probes';
import { startLocalSystem } from '../../faults/harness/system';
import { isBusy } from '../outcome';
import { sendRaw, type Reply, type Sent } from '../wire';
import type { DirectCall, Doors } from './doors';
import { createEffectCounter } from './effects';
import { fillWorld, type Known } from './fill-world';
import { openFront } from './front';
import { internalToken } from './internal-token';
import { claimsOf, type Persona } from './people';
import { mutationText } from './schema-words';

export const key = (): string => `attack-${randomUUID()}`;

/** A whole system with something of everything, and everybody who may attack it. */
export interface World extends Doors {
  readonly known: Known;
}

/** Webhooks may go there, and nowhere else. */
export const WEBHOOK_TARGETS = 'portal.example.gov.cn';

export async function openWorld(options: Parameters<typeof startLocalSystem>[0] = {}): Promise<World> {
  const system = await startLocalSystem({ durable: false, ...options, env: { ANJIE_WEBHOOK_TARGETS: WEBHOOK_TARGETS, ...options.env } });
  try {
    return await worldOf(system);
  } catch (error) {
    await system.stop();
    throw error;
  }
}

async function worldOf(system: LocalSystem): Promise<World> {
  const issuer = await openDevIssuer((system.stack.wiring.jwksFile ?? '').replace(/\.jwks\.json$/, ''));
  const tokens = new Map<Persona, string>();
  for (const [who, claims] of Object.entries(claimsOf)) tokens.set(who as Persona, await issuer.tokenFor({ ...claims }));
  const tokenOf = (who: Persona): string => tokens.get(who) ?? '';
  let front = await openFront(system);
  const [effects, leaks, restarts] = [createEffectCounter(system), [] as string[], { seen: 0 }];
  let sentSoFar = 0;
  const send = async (sent: Sent): Promise<Reply> => {
    sentSoFar += 1;
    const reply = await sendRaw(sent);
    const isPage = /^\s*<!doctype html>/i.test(reply.text) || String(reply.headers['content-disposition'] ?? '').startsWith('attachment');
    if (!isPage) leaks.push(...leaksIn(reply, String(sent.body ?? '')));
    return reply;
  };
  const ask: Doors['ask'] = (who, query, variables = {}, { headers = {}, url = front.url } = {}) =>
    send({ url: `${url}/graphql`, headers: { authorization: `Bearer ${tokenOf(who)}`, ...headers }, body: JSON.stringify({ query, variables }) });
  const act: Doors['act'] = (who, name, input, payload = '') => ask(who, mutationText(name, payload), { input: { idempotencyKey: key(), ...input } });
  const data: Doors['data'] = async <Data>(who: Persona, query: string, variables: object = {}) => dataOf<Data>(await insist(() => ask(who, query, variables)), query);
  const done: Doors['done'] = async <Payload>(who: Persona, name: string, input: object, payload = '') => {
    const keyed = { idempotencyKey: key(), ...input };
    const { r } = dataOf<{ r: Payload & { code?: string; __typename: string } }>(await insist(() => act(who, name, keyed, payload)), name);
    if (r.__typename.endsWith('Refusal')) throw new Error(`${who} ${name}: refused ${r.code} with ${JSON.stringify(input)}`);
    return r;
  };
  const doors = {
    system, issuer, tokenOf, send, ask, act, data, done, effects,
    direct: (call: DirectCall) => direct({ system, send }, call),
    portOf: (subgraph: string) => system.stack.wiring.ports.get(subgraph) ?? 0,
    front: () => front,
    async reopenFront(env?: NodeJS.ProcessEnv) {
      await front.stop();
      front = await openFront(system, env);
    },
    sent: () => sentSoFar,
    takeLeaks: () => leaks.splice(0),
    takeDeaths() {
      const ended = [...system.supervisor.restarts.values()].reduce((sum, n) => sum + n, 0);
      const died = ended - restarts.seen;
      restarts.seen = ended;
      return [...(died > 0 ? [`${died} processes ended`] : []), ...(front.process.running() ? [] : ['the gateway ended'])];
    },
    // messages, and files that the case before asked for: workers write those when they come to it
    settled: async () => void (await eventually('everything has arrived', async () => ((await system.underWay().catch(() => 1)) === 0 && (await filesUnderWay(system).catch(() => 1)) === 0) || undefined, 60_000)),
    async stop() {
      await front.stop();
      await system.stop();
    },
  };
  const known = await fillWorld(doors);
  doors.takeLeaks();
  return { ...doors, known };
}

const filesUnderWay = async ({ rows }: LocalSystem): Promise<number> =>
  Number((await rows<{ n: string }>("SELECT (SELECT COUNT(*) FROM cases.exchange_exports WHERE state IN ('QUEUED', 'WRITING')) + (SELECT COUNT(*) FROM cases.import_runs WHERE state IN ('QUEUED', 'CHECKING', 'COMMITTING')) AS n"))[0]?.n);

/** Asks once more while the machine is too busy: the gateway's patience may end before the work does. */
async function insist(ask: () => Promise<Reply>): Promise<Reply> {
  for (const end = Date.now() + 60_000; ; await sleep(500)) {
    const reply = await ask();
    if (!isBusy(reply) || Date.now() > end) return reply;
  }
}
function dataOf<Data>(reply: Reply, about: string): Data {
  const { data, errors } = JSON.parse(reply.text) as { data?: Data | null; errors?: unknown };
  if (errors || !data) throw new Error(`${reply.status} ${reply.text.slice(0, 600)} to ${about.slice(0, 300)}`);
  return data;
}

async function direct({ system, send }: Pick<Doors, 'system' | 'send'>, call: DirectCall): Promise<Reply> {
  const { persona, subgraph, query, variables = {}, token, body = JSON.stringify({ query, variables }), audience = subgraph, claims, signer, path = '/graphql', who = claimsOf[persona] } = call;
  const auth = token === undefined ? internalToken(system, { who, body: JSON.stringify({ query, variables }), audience, ...(claims ? { claims } : {}), ...(signer ? { signer } : {}) }) : (token ?? undefined);
  return send({ url: `http://127.0.0.1:${system.stack.wiring.ports.get(subgraph)}${path}`, headers: { 'x-internal-auth': auth }, body });
}

/** So long a subgraph may believe what it read of an official before. */
export const forgetStandings = (): Promise<void> => sleep(16_000);
