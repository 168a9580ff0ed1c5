import { readRetentionDays, RETENTION_SCHEDULE } from '@anjie/contracts';
import { dueForRetention } from '@anjie/service-kit/upkeep';
import type { Answer } from './asked';
import type { System } from './system';
import { table } from './table';

/** What tonight's run would erase, and why; nothing is erased. */
export async function retention(system: System, { days, json }: { days: string | undefined; json: boolean }): Promise<Answer> {
  const set = readRetentionDays(days);
  const due = new Map<string, number>();
  for (const service of system.services) for (const { name, count } of await dueForRetention(system.db(service).manager, service, set)) due.set(name, count);
  const rows = RETENTION_SCHEDULE.map(({ name, service, act, days: usual, basis, why }) => ({
    name, service, act: act.kind, days: String(set.get(name) ?? usual ?? 'off'), 'due now': due.get(name) ?? 0, basis: basis ?? 'none: off until ANJIE_RETENTION_DAYS sets it', why,
  }));
  return { text: json ? JSON.stringify(rows, null, 2) : `${table(rows)}\nNothing was erased: the workers do it each night at 03:30 (Asia/Shanghai).`, code: 0 };
}
