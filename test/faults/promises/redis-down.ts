import { setTimeout as sleep } from 'node:timers/promises';
import { checkDeadlines } from '../checks/deadline-check';
import { checkReferrals } from '../checks/referral-check';
import { msUntil, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { manyMutations, registerCases } from '../harness/world';
import { plantDeadlines } from '../load/deadline-load';
import { sendReferrals, textOf, wishReferrals, type Wish } from '../load/referral-load';

const LATE_AT_MOST_MS = 35_000;
const DRAINED_WITHIN_MS = 60_000;
/** So long it is measured how quick mutations are with Redis. */
const QUIET_S = 30;

export interface RedisDownSize {
  readonly downMs: number;
  readonly perSecond: number;
}

/** R5: while Redis is away every mutation is accepted as quickly as before and deadlines fire from the database. */
export async function redisDown(system: LocalSystem, { downMs, perSecond }: RedisDownSize): Promise<Verdict> {
  const sums = judge('R5 Redis is away');
  const random = createRandom('redis down');
  const perPhase = Math.round((downMs / 1000) * perSecond);
  const before = Math.min(perPhase, QUIET_S * perSecond);
  const caseIds = await registerCases(system, Math.ceil(perPhase / 10));
  const wished = wishReferrals(caseIds, before + perPhase);
  // deadlines come due all the time: what they cost must not look like what the absence of Redis costs
  const firings = await plantDeadlines(system, { count: before + perPhase, caseIds, random, firstAfterMs: 2_000, spreadMs: (1_000 * before) / perSecond + downMs - 2_000 });
  const withRedis = await sendEach(system, wished.slice(0, before), perSecond);
  await system.engines.killRedis();
  const without = await sendEach(system, wished.slice(before), perSecond);
  const published = await system.underWay();
  await system.engines.restartRedis();
  const drainedMs = await msUntil(async () => (await system.underWay()) === 0, 2 * DRAINED_WITHIN_MS);
  sums.note('seconds without Redis', downMs / 1000);
  sums.equal('mutations that failed', without.failed.length, 0);
  for (const failure of without.failed.slice(0, 3)) sums.complain(failure);
  sums.note('p99 ms with Redis', withRedis.p99);
  sums.atMost('p99 ms without', without.p99, Math.round(withRedis.p99 * 1.5));
  sums.atLeast('messages that waited', published, perPhase);
  sums.atMost('ms until the backlog was gone', drainedMs, DRAINED_WITHIN_MS);
  await checkDeadlines(system, { firings, replaced: [] }, { judge: sums, latestMs: LATE_AT_MOST_MS });
  // the same keys once more: each has its referral, and gets the same answer
  const book = await sendReferrals(system, wished, { random, spreadMs: 0, giveUpAfterMs: 60_000 });
  for (const [key, id] of [...withRedis.acknowledged, ...without.acknowledged]) if (book.acknowledged.get(key) !== id) sums.complain(`${key} was answered ${id}, then ${book.acknowledged.get(key)}`);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}

/** One mutation at a time, as a person sends it, without a second try. */
async function sendEach(system: LocalSystem, wishes: readonly Wish[], perSecond: number) {
  const took: number[] = [];
  const failed: string[] = [];
  const acknowledged = new Map<string, string>();
  const startedAt = Date.now();
  await Promise.all(wishes.map(async ({ key, ...wish }, index) => {
    await sleep(Math.max(0, startedAt + (index * 1000) / perSecond - Date.now()));
    const began = performance.now();
    const call = manyMutations({ token: system.tokens.housing, field: 'sendReferral', inputType: 'SendReferralInput', selection: '... on ReferralPayload { referral { id } } ... on ReferralRefusal { code message }', inputs: [{ ...wish, idempotencyKey: key, request: textOf(key) }] });
    const answer = await system.graph.ask(call).catch((error: unknown) => error as Error);
    took.push(performance.now() - began);
    const id = answer instanceof Error ? undefined : (answer.data?.['r0'] as { referral?: { id: string } } | undefined)?.referral?.id;
    if (id) acknowledged.set(key, id);
    else failed.push(answer instanceof Error ? answer.message : JSON.stringify(answer));
  }));
  took.sort((a, b) => a - b);
  return { failed, acknowledged, p99: Math.round(took[Math.floor(took.length * 0.99)] ?? 0) };
}
