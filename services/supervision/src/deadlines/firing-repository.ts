import { BUSINESS_NOW, insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { DeadlineKind } from '../rules/deadline-plan';
import type { Trigger } from './deadline-repository';

export interface Firing {
  readonly id: string;
  readonly version: number;
}

export interface DeadlineTarget {
  readonly id: string;
  readonly obligationId: string;
  readonly caseId: string | null;
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
}

/** Of these deadlines those that wait, before anything is held for them. */
export const deadlineTargets = (sql: Sql, ids: readonly string[]): Promise<DeadlineTarget[]> =>
  selectIn<DeadlineTarget>(
    sql, "SELECT id, obligation_id AS obligationId, case_id AS caseId, kind, due_at AS dueAt FROM deadlines FORCE INDEX (PRIMARY) WHERE id IN (?) AND state = 'ARMED'", ids,
  );

export interface WaitingDeadline {
  readonly id: string;
  readonly obligationId: string;
  readonly caseId: string | null;
  readonly kind: DeadlineKind;
  readonly step: number;
  readonly dueAt: Date;
  readonly version: number;
  readonly isDueReminder: number;
}

/** Those of these deadlines that wait, and the due reminders beside them. The caller holds the obligations, so none of them changes meanwhile. */
export const waitingDeadlines = (sql: Sql, obligationIds: readonly string[], ids: readonly string[]): Promise<WaitingDeadline[]> =>
  selectIn<WaitingDeadline>(
    sql,
    `SELECT id, obligation_id AS obligationId, case_id AS caseId, kind, step, due_at AS dueAt, version, kind <> 'OVERDUE' AND due_at <= ${BUSINESS_NOW} AS isDueReminder
       FROM deadlines WHERE obligation_id IN (?) AND state = 'ARMED' AND (id IN (?) OR (kind <> 'OVERDUE' AND due_at <= ${BUSINESS_NOW}))`,
    obligationIds,
    [ids],
  );

/** The compare-and-set that makes deadlines fire once and never early, by the database's clock alone. */
export const markFired = (tx: Sql, firings: readonly Firing[], by: Trigger): Promise<number> =>
  write(
    tx,
    `UPDATE deadlines FORCE INDEX (PRIMARY) SET state = 'FIRED', fired_at = ${BUSINESS_NOW}, fired_by = ?
      WHERE id IN (?) AND (id, version) IN (?) AND state = 'ARMED' AND due_at <= ${BUSINESS_NOW}`,
    [by, firings.map((one) => one.id), firings.map((one) => [one.id, one.version])],
  );

export interface FiringState {
  readonly id: string;
  /** Null while it waits. */
  readonly firedAt: Date | null;
  /** Milliseconds of business time until it is due. */
  readonly msLeft: string;
}

/** How the compare-and-set went for deadlines that were waiting before it. */
export const firingStates = (sql: Sql, ids: readonly string[]): Promise<FiringState[]> =>
  selectIn<FiringState>(
    sql,
    `SELECT id, IF(state = 'FIRED', fired_at, NULL) AS firedAt, CEIL(TIMESTAMPDIFF(MICROSECOND, ${BUSINESS_NOW}, due_at) / 1000) AS msLeft FROM deadlines WHERE id IN (?)`,
    ids,
  );

/** OVERDUE: marked now. NOTHING: was marked before. The others are about reminders; a SUPERSEDED one left its words to a later one. */
export type DeadlineOutcome = 'OVERDUE' | 'NOTHING' | 'REMINDED' | 'SUPERSEDED' | 'NOBODY';

export interface FiredEffect extends Firing {
  readonly firedAt: Date;
  readonly outcome: DeadlineOutcome;
}

/** One row per deadline and version that fired: the fence behind the compare-and-set. */
export const addEffects = (tx: Sql, effects: readonly FiredEffect[]): Promise<void> =>
  insertRows(tx, 'deadline_effects', effects.map((one) => ({ deadline_id: one.id, version: one.version, fired_at: one.firedAt, outcome: one.outcome })));

export interface DueRow extends Firing {
  readonly dueAt: Date;
}

/** Deadlines that wait and are due at one of these instants, the last in order of time first. */
export const dueAtInstants = (sql: Sql, { instants, without, limit }: { readonly instants: readonly Date[]; readonly without: readonly string[]; readonly limit: number }): Promise<DueRow[]> =>
  selectIn<DueRow>(
    sql,
    `SELECT id, version, due_at AS dueAt FROM deadlines WHERE due_at IN (?) AND state = 'ARMED' ${without.length > 0 ? 'AND id NOT IN (?)' : ''} ORDER BY due_at DESC, id DESC LIMIT ?`,
    instants,
    without.length > 0 ? [without, limit] : [limit],
  );

const MISSED = `SELECT id, version, due_at AS dueAt FROM deadlines WHERE state = 'ARMED' AND due_at < ${BUSINESS_NOW} - INTERVAL 2 SECOND`;
const ORDER = 'ORDER BY due_at, id LIMIT ?';

/** Deadlines that have been due for more than two seconds, after the given one in order of time. Two seeks: an OR would read from the beginning again. */
export const missedDeadlines = (sql: Sql, after: DueRow | null, limit: number): Promise<DueRow[]> =>
  after === null
    ? select<DueRow>(sql, `${MISSED} ${ORDER}`, [limit])
    : select<DueRow>(
        sql, `(${MISSED} AND due_at = ? AND id > ? ${ORDER}) UNION ALL (${MISSED} AND due_at > ? ${ORDER}) ORDER BY dueAt, id LIMIT ?`,
        [after.dueAt, after.id, limit, after.dueAt, limit, limit],
      );
