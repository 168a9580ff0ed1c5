import { type DeadlineChanges, type KnownDeadline, type PlannedDeadline } from './deadline-plan';

export interface OpenObligation {
  readonly known: readonly KnownDeadline[];
  /** It was recorded as overdue. */
  readonly isOverdue: boolean;
}

export type DeadlineRepair = Pick<DeadlineChanges, 'add' | 'rearm'>;

/**
 * What is missing of an open obligation's deadlines: rows that are not there, that were cancelled although it is open,
 * that wait for another time than planned, and an overdue mark that fired without being recorded. What waits late is not
 * missing, and nothing is cancelled here: the sweep fires it.
 */
export function missingDeadlines(planned: readonly PlannedDeadline[], { known, isOverdue }: OpenObligation): DeadlineRepair {
  const rows = new Map(known.map((row) => [`${row.kind} ${row.step}`, row]));
  const add: PlannedDeadline[] = [];
  const rearm: DeadlineRepair['rearm'][number][] = [];
  for (const plan of planned) {
    const row = rows.get(`${plan.kind} ${plan.step}`);
    if (!row) add.push(plan);
    else if (isBroken(row, plan, isOverdue)) rearm.push({ id: row.id, kind: plan.kind, dueAt: plan.dueAt });
  }
  return { add, rearm };
}

function isBroken(row: KnownDeadline, plan: PlannedDeadline, isOverdue: boolean): boolean {
  if (row.state === 'CANCELLED') return true;
  if (row.state === 'ARMED') return row.dueAt.getTime() !== plan.dueAt.getTime();
  return row.kind === 'OVERDUE' && !isOverdue;
}
