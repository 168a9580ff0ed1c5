import type { ServiceName } from '@anjie/contracts';
import { select } from '../database';
import { reconcile, type ReconcileOptions } from '../messaging';
import type { PeriodicTask } from './periodic';
import { applyRetention } from './apply-retention';
import { IS_COMPARED, RECONCILE_AT_MOST_DAYS } from './facts';
import { deleteExpired } from './retention';

export const RECONCILIATION = 'reconciliation';
export const RETENTION_TASK = 'retention';

const DAY_MS = 86_400_000;
/** Days that each night looks at again. */
const NIGHTLY_DAYS = 7;

/** What every service does by itself each night (Asia/Shanghai). */
export const upkeepTasks = (own: ReconcileOptions & { readonly service: ServiceName }, retentionDays: ReadonlyMap<string, number> = new Map()): readonly PeriodicTask[] => [
  {
    name: RECONCILIATION,
    when: { dailyAt: '02:30' },
    work: async (argument, signal) => void (await reconcile(own, { since: await sinceWhen(own, argument), until: new Date(), signal })),
  },
  {
    name: RETENTION_TASK,
    when: { dailyAt: '03:30' },
    work: async (_argument, signal) => {
      await deleteExpired(own.db, { log: own.log, signal });
      await applyRetention(own.db, { service: own.service, log: own.log, set: retentionDays, signal });
    },
  },
];

/** What was asked for; else the last days, and further back to the oldest day that was not in order when it was last compared. */
async function sinceWhen({ db }: ReconcileOptions, argument: string | null): Promise<Date> {
  const now = Date.now();
  const earliest = now - RECONCILE_AT_MOST_DAYS * DAY_MS;
  if (argument !== null) return new Date(Math.max(earliest, Date.parse(argument)));
  const [row] = await select<{ day: string | null }>(db.manager, `SELECT MIN(day) AS day FROM reconciliations WHERE bad_runs > 0 AND ${IS_COMPARED}`);
  const oldestBad = row?.day ? Date.parse(`${row.day}T00:00:00+08:00`) : now;
  return new Date(Math.max(earliest, Math.min(now - NIGHTLY_DAYS * DAY_MS, oldestBad)));
}
