import { checkReferrals } from '../checks/referral-check';
import { countOf, holdInserts, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals, type ReferralBook } from '../load/referral-load';

const WORKER = 'assistance-worker';

/** Sends one referral whose reception then stands still: BullMQ's job is active, its transaction is open and waits. */
export async function sendAndHoldReception(system: LocalSystem, table: string) {
  const [caseId = ''] = await registerCases(system, 1);
  const lock = await holdInserts(system, table);
  const random = createRandom(`reception ${caseId}`);
  const book = await sendReferrals(system, wishReferrals([caseId], 1), { random, spreadMs: 0, giveUpAfterMs: 30_000 });
  await lock.waiting();
  return { lock, book, isDelivered: () => delivered(system, book) };
}

const delivered = async (system: LocalSystem, { acknowledged }: ReferralBook): Promise<boolean> =>
  (await countOf(system, "SELECT COUNT(*) AS n FROM assistance.referrals WHERE state = 'DELIVERED' AND id IN (?)", [[...acknowledged.values()]])) === acknowledged.size;

export const noDeadLetters = (system: LocalSystem): Promise<number> => countOf(system, 'SELECT COUNT(*) AS n FROM assistance.dead_letters WHERE settled_at IS NULL');

/** R6: the job of a worker that was killed in the middle comes back soon, and has its effect once. */
export async function killedWorker(system: LocalSystem, { times }: { times: number }): Promise<Verdict> {
  const sums = judge('R6 a worker is killed in the middle of a job');
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const { lock, book, isDelivered } = await sendAndHoldReception(system, 'assistance.referral_receipts');
    await system.processOf(WORKER).kill9();
    await lock.release();
    took.push(await msUntil(isDelivered, 40_000));
    await system.settled();
    await checkReferrals(system, book, sums);
  }
  sums.note('times', times);
  sums.atMost('ms until it was delivered', Math.max(...took), 15_000);
  sums.equal('dead letters', await noDeadLetters(system), 0);
  return sums.verdict();
}

/** R7: however often its worker is killed, the job is done in the end, once. */
export async function killedAgain(system: LocalSystem, { times }: { times: number }): Promise<Verdict> {
  const sums = judge('R7 the same job is killed again and again');
  const { lock: first, book, isDelivered } = await sendAndHoldReception(system, 'assistance.referral_receipts');
  let lock = first;
  let killed = 0;
  while (killed < times) {
    const pid = system.processOf(WORKER).pid;
    await system.processOf(WORKER).kill9();
    killed += 1;
    await until('the worker is back', async () => system.processOf(WORKER).running() && system.processOf(WORKER).pid !== pid);
    if (killed === times) break;
    await lock.release();
    lock = await holdInserts(system, 'assistance.referral_receipts');
    if (!(await lock.waiting().then(() => true, () => false))) break; // the job did not come again
  }
  await lock.release();
  sums.equal('times killed in the middle', killed, times);
  sums.note('ms until it was delivered', await msUntil(isDelivered, 40_000));
  await system.settled(10_000).catch(() => undefined);
  sums.equal('dead letters', await noDeadLetters(system), 0);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}
