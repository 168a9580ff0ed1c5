import { setTimeout as sleep } from 'node:timers/promises';
import { checkReferrals } from '../checks/referral-check';
import { msUntil, type LocalSystem } from '../harness/probes';
import { judge, type Verdict } from '../harness/verdict';
import { sendAndHoldReception } from './killed-worker';

const WORKER = 'assistance-worker';
/** Longer than a job's lock (10 s) and the look for stalled jobs (5 s) together. */
const PAST_THE_LOCK_MS = 17_000;

/**
 * R8: a worker that stood still past its lock wakes up after another one took the job over. Once with its transaction open,
 * once with its connection cut meanwhile, so that it begins anew when the other one is long done.
 */
export async function frozenWorker(system: LocalSystem): Promise<Verdict> {
  const sums = judge('R8 a frozen worker wakes up');
  for (const isCut of [true, false]) {
    const { lock, book, isDelivered } = await sendAndHoldReception(system, isCut ? 'assistance.inbox_messages' : 'assistance.referral_receipts');
    const frozen = system.processOf(WORKER);
    process.kill(frozen.pid, 'SIGSTOP');
    try {
      if (isCut) await lock.cut();
      await lock.release();
      const other = await system.startWorker('assistance', 'assistance-worker-2');
      try {
        if (isCut) sums.atMost('ms until the other worker had done it', await msUntil(isDelivered, 60_000), 40_000);
        else await sleep(PAST_THE_LOCK_MS);
        process.kill(frozen.pid, 'SIGCONT');
        await msUntil(isDelivered, 40_000);
        await system.settled(60_000);
        // the woken one has had time to do it again
        await sleep(8_000);
        await checkReferrals(system, book, sums);
      } finally {
        await other.stop();
      }
    } finally {
      if (frozen.running()) process.kill(frozen.pid, 'SIGCONT');
    }
  }
  return sums.verdict();
}
