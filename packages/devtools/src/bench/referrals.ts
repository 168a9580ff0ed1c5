import { loadData } from './data/load';
import { openReferralLoad, type ReferralLoad } from './referral-load';
import { onWholeSystem, rowsOf, type QueueBench, type WholeSystem } from './whole-system';

const CASES = 2_000;
const QUIET_S = 30;
const PER_SECOND = 5;

/** `npm run bench -- referrals [--rows 2000]`: from the sender's commit to the other department's inbox; answers markdown. */
export function benchReferrals(bench: QueueBench): Promise<string> {
  const { step } = bench;
  const rows = rowsOf(bench.args, 2_000);
  return onWholeSystem(bench, async (system) => {
    await step(`loading ${CASES.toLocaleString('en')} cases`, (progress) => loadData({ databaseUrl: system.databaseUrl, cases: CASES, progress }));
    const load = await openReferralLoad(system);
    const end = Date.now() + QUIET_S * 1_000;
    const quiet = await step(`${PER_SECOND} referrals a second`, () => load.measure(PER_SECOND, () => Date.now() > end));
    const rates: number[] = [];
    for (const workers of [1, 2]) rates.push(await step(`${rows.toLocaleString('en')} referrals, then ${workers} worker processes`, () => drain(system, load, { rows, workers })));
    await load.close();
    const [alone = NaN, both = NaN] = rates;
    return [
      '### Referrals, from the sender’s commit to the other department’s inbox', '',
      '| what | measured | goal |', '|---|--:|--:|',
      `| ${PER_SECOND} a second (${quiet.referrals}): p50 / p99 / max | ${quiet.p50.toFixed(0)} / ${quiet.p99.toFixed(0)} / ${quiet.max.toFixed(0)} ms | p50 ≤ 150 ms |`,
      `| ${rows.toLocaleString('en')} waiting, 1 assistance worker | ${alone.toFixed(0)} per second | |`,
      `| ${rows.toLocaleString('en')} waiting, 2 assistance workers | ${both.toFixed(0)} per second (${(both / alone).toFixed(2)} ×) | ≥ 500 per second |`,
    ];
  });
}

/** Referrals pile up while no worker of the service runs; then workers start and carry them all. @returns referrals per second */
async function drain(system: WholeSystem, load: ReferralLoad, { rows, workers }: { rows: number; workers: number }): Promise<number> {
  await system.stack.processes.get('assistance-worker')?.stop();
  await load.sendMany(rows);
  await system.stack.restart('assistance-worker');
  const second = workers > 1 ? await system.addWorker('assistance') : undefined;
  await load.allArrived();
  const seconds = await load.secondsOfLast(rows);
  await second?.stop();
  return rows / seconds;
}
