import { checkReferrals } from '../checks/referral-check';
import { countOf, holdDown, jobsIn, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals } from '../load/referral-load';

const QUEUE = 'supervision.obligations';
/** More than any limit of starts; a sender that is away for five minutes makes as many. */
const STARTS = 40;

/** R9: a message that was postponed for as long as its sender was away is no poisoned one. The minutes are written into Redis instead of waited for. */
export async function longOutage(system: LocalSystem): Promise<Verdict> {
  const sums = judge('R9 the sender is away for long');
  const caseIds = await registerCases(system, 1);
  const random = createRandom('outage');
  const wakeReceiver = await holdDown(system, 'supervision-worker');
  const book = await sendReferrals(system, wishReferrals(caseIds, 3), { random, spreadMs: 0, giveUpAfterMs: 60_000 });
  await until('the duties wait', async () => (await jobsIn(system, QUEUE, 'wait')).length === book.acknowledged.size);
  const wakeSender = await holdDown(system, 'assistance');
  await wakeReceiver();
  await until('the duties are postponed', async () => (await jobsIn(system, QUEUE, 'delayed')).length === book.acknowledged.size, 60_000);
  // held down while the sender comes back: what is put aside before can be looked at by nobody, and is only sent again
  const wakeReceiverAgain = await holdDown(system, 'supervision-worker');
  for (const part of ['delayed', 'active', 'wait'] as const) {
    for (const id of await jobsIn(system, QUEUE, part)) await system.engines.redis('HSET', `{supervision}:${QUEUE}:${id}`, 'ats', String(STARTS));
  }
  await wakeSender();
  await system.ready();
  await wakeReceiverAgain();
  sums.atMost('ms until all was received', await msUntil(async () => (await system.underWay()) === 0, 60_000), 30_000);
  sums.equal('dead letters', await countOf(system, 'SELECT COUNT(*) AS n FROM supervision.dead_letters WHERE settled_at IS NULL'), 0);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}
