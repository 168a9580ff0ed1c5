import { checkReferrals } from '../checks/referral-check';
import { holdDown, jobsIn, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals } from '../load/referral-load';

/** R2: Redis is wiped while a queue is full of messages that nobody received yet. */
export async function queueWiped(system: LocalSystem, { messages }: { messages: number }): Promise<Verdict> {
  const sums = judge('R2 a full queue is wiped');
  const caseIds = await registerCases(system, Math.ceil(messages / 20));
  const bringBack = await holdDown(system, 'supervision-worker');
  const random = createRandom(`queue ${caseIds[0]}`);
  const book = await sendReferrals(system, wishReferrals(caseIds, messages), { random, spreadMs: 0, giveUpAfterMs: 120_000 });
  await until('every duty waits in the queue', async () => (await jobsIn(system, 'supervision.obligations', 'wait')).length >= messages, 90_000);
  const queued = (await jobsIn(system, 'supervision.obligations', 'wait')).length;
  await system.engines.redis('FLUSHALL');
  const wipedAt = Date.now();
  await bringBack();
  await msUntil(async () => (await system.underWay()) === 0, 40_000);
  sums.atLeast('in the queue when it was wiped', queued, messages);
  sums.atMost('seconds until all was received', (Date.now() - wipedAt) / 1000, 30);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}
