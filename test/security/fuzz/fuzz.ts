import { randomUUID } from 'node:crypto';
import { leaksIn } from '../../e2e/no-leak';
import { createRandom, type Random } from '../../faults/harness/random';
import { internalToken } from '../attacks/internal-token';
import { claimsOf, type Persona } from '../attacks/people';
import type { World } from '../attacks/world';
import { bodyOf, isBusy, outcomeOf } from '../outcome';
import { sendRaw, type Reply } from '../wire';
import { fuzzedRequest, readingOf } from './mutate';

export interface FuzzOptions {
  readonly seed: string;
  readonly count: number;
}
export interface FuzzResult {
  readonly sent: number;
  /** How often each code came, and how often data. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** A sentence for each answer that is not as it must be. */
  readonly broken: readonly string[];
}

const WHO: readonly Persona[] = ['office', 'office', 'housing', 'clerk', 'sibling', 'accused', 'plain', 'website', 'admin', 'auditor'];
const SUBGRAPHS = ['cases', 'officials', 'supervision', 'assistance'];
const AT_ONCE = 8;
const BROKEN_MAX = 20;
const HEADERS: readonly Readonly<Record<string, string>>[] = [{}, {}, {}, {}, { 'content-type': 'application/json; charset=utf-8' }, { 'content-type': 'text/plain' }, { 'accept-language': 'en' }, { 'x-anjie-client-key': 'x' }, { authorization: 'Bearer a.b.c' }];

/** Malformed and mutated documents and bodies, to the gateway and with a good token to the subgraphs themselves: no answer tells anything. */
export async function fuzz(world: World, { seed, count }: FuzzOptions): Promise<FuzzResult> {
  const random = createRandom(`fuzz ${seed}`);
  const { open, sealed, shunned } = world.known;
  const ids = [open.caseId, open.referralId, open.petitionId, sealed.caseId, shunned.caseId, shunned.referralId, randomUUID()];
  const outcomes: Record<string, number> = {};
  const broken: string[] = [];
  let sent = 0;
  // drawn one after the other, so that a seed says what is sent however long each takes
  const tasks = Array.from({ length: count }, (_none, at) => (at % 10 === 9 ? samePair(world, random, [sealed.caseId, shunned.caseId, shunned.referralId, sealed.petitionId]) : oneRequest(world, random, ids)));
  const worker = async (): Promise<void> => {
    for (let task = tasks[sent++]; task; task = tasks[sent++]) {
      const { outcome, faults } = await task();
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (broken.length < BROKEN_MAX) broken.push(...faults);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { sent: count, outcomes, broken: [...broken, ...world.takeDeaths()] };
}

interface Judged {
  readonly outcome: string;
  readonly faults: readonly string[];
}
type Task = () => Promise<Judged>;

function oneRequest(world: World, random: Random, ids: readonly string[]): Task {
  const { body } = fuzzedRequest(random, ids);
  const [who, headers, isDirect, subgraph] = [random.pick(WHO), random.pick(HEADERS), random.chance(30), random.pick(SUBGRAPHS)];
  return async () => {
    const reply = isDirect
      ? await sendRaw({ url: `http://127.0.0.1:${world.portOf(subgraph)}/graphql`, body, headers: { 'x-internal-auth': internalToken(world.system, { who: claimsOf[who], audience: subgraph, body }) } })
      : await sendRaw({ url: `${world.front().url}/graphql`, body, headers: { authorization: `Bearer ${world.tokenOf(who)}`, ...headers } });
    return judged(reply, body.toString('utf8'), `${isDirect ? subgraph : 'gateway'} to ${who}`);
  };
}

/** What a stranger gets for a thing that is there and for one that never was. */
function samePair(world: World, random: Random, ids: readonly string[]): Task {
  const [query, id] = [readingOf(random), random.pick(ids)];
  return async () => {
    const [there, none] = [await world.ask('accused', query, { id }), await world.ask('accused', query, { id: randomUUID() })];
    const { outcome, faults } = judged(there, query, 'gateway to accused');
    // what a machine was too busy to answer tells nothing apart
    const isSame = (there.status === none.status && there.text === none.text) || [there, none].some(isBusy);
    return { outcome, faults: isSame ? faults : [...faults, `${query} with ${id}: ${there.text.slice(0, 300)} and for what never was ${none.text.slice(0, 300)}`] };
  };
}

function judged(reply: Reply, sent: string, where: string): Judged {
  const { data, errors, error } = bodyOf(reply);
  const codes = [...new Set([...(errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code'), ...(error ? [error.code ?? 'no code'] : [])])];
  const told = outcomeOf(reply);
  const faults: string[] = [];
  const complain = (sentence: string): void => void faults.push(`${where}: ${sentence} | sent ${sent.slice(0, 600)} | answered ${reply.status} ${reply.text.slice(0, 300)}`);
  try {
    for (const leak of leaksIn(reply, sent)) complain(leak);
  } catch {
    complain('the answer is no JSON');
  }
  if (/which is no code|no code|with status/.test(told) && codes.length > 0) complain(`it has the code ${told.slice(0, 80)}`);
  if (codes.includes('INTERNAL')) complain('a fault of ours');
  if (codes.length === 0 && data === undefined) complain('neither data nor a code');
  return { outcome: codes.length === 0 ? 'data' : codes.join('+'), faults };
}

export const tellFuzz = (seed: string, { sent, outcomes, broken }: FuzzResult): void =>
  console.log(`fuzz with seed ${seed}: ${sent} sent; ${Object.entries(outcomes).sort(([, a], [, b]) => b - a).map(([code, n]) => `${code} ${n}`).join(', ')}; ${broken.length === 0 ? 'nothing told' : `${broken.length} BROKEN`}`);
