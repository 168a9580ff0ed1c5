import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { DeadlineChanges, KnownDeadline } from '../rules/deadline-plan';

export type Trigger = 'ALARM' | 'SWEEPER';

export interface DeadlineRow extends KnownDeadline {
  readonly obligationId: string;
  readonly version: number;
  readonly firedAt: Date | null;
  readonly firedBy: Trigger | null;
}

export const deadlinesOf = (sql: Sql, obligationIds: readonly string[]): Promise<DeadlineRow[]> =>
  selectIn<DeadlineRow>(
    sql,
    `SELECT id, obligation_id AS obligationId, kind, step, due_at AS dueAt, state, version, fired_at AS firedAt, fired_by AS firedBy
       FROM deadlines WHERE obligation_id IN (?) ORDER BY due_at, id`,
    obligationIds,
  );

export interface Replanned {
  readonly obligationId: string;
  readonly caseId: string | null;
  readonly changes: DeadlineChanges;
}

/** Adds, moves and cancels; each change of a row is a new version, so an alarm that was set before does nothing. */
export async function applyDeadlineChanges(tx: Sql, replanned: readonly Replanned[]): Promise<void> {
  await insertRows(tx, 'deadlines', replanned.flatMap(({ obligationId, caseId, changes }) => changes.add.map((one) => ({
    id: newId(), obligation_id: obligationId, case_id: caseId, kind: one.kind, step: one.step, due_at: one.dueAt, state: 'ARMED', version: 1,
  }))));
  for (const { id, dueAt } of replanned.flatMap(({ changes }) => changes.rearm)) {
    await write(tx, `UPDATE deadlines SET due_at = ?, state = 'ARMED', version = version + 1, armed_epoch = NULL, fired_at = NULL, fired_by = NULL WHERE id = ?`, [dueAt, id]);
  }
  const cancelled = replanned.flatMap(({ changes }) => changes.cancel);
  if (cancelled.length > 0) await write(tx, `UPDATE deadlines SET state = 'CANCELLED', version = version + 1 WHERE id IN (?) AND state = 'ARMED'`, [cancelled]);
}
