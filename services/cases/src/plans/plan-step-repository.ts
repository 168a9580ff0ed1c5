import type { Viewer } from '@anjie/access';
import { insertRows, newId, selectIn, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export interface PlanStepRow {
  readonly id: string;
  readonly planId: string;
  readonly ordinal: number;
  readonly name: string;
  readonly doneOn: string | null;
  readonly note: string | null;
}
const COLUMNS = 's.id, s.plan_id AS planId, s.ordinal, s.name, s.done_on AS doneOn, s.note';

/** Steps of plans that the caller has already checked to be visible, in order. */
export const stepsOfPlans = (sql: Sql, planIds: readonly string[]): Promise<PlanStepRow[]> =>
  selectIn<PlanStepRow>(sql, `SELECT ${COLUMNS} FROM plan_steps s WHERE s.plan_id IN (?) ORDER BY s.plan_id, s.ordinal`, planIds);

export const insertSteps = (tx: Sql, planId: string, names: readonly string[]): Promise<void> =>
  insertRows(tx, 'plan_steps', names.map((name, i) => ({ id: newId(), plan_id: planId, ordinal: i + 1, name: name.trim(), done_on: null, note: null })));

export interface StepPlace {
  readonly planId: string;
  readonly caseId: string;
}
/** The plan in force and the visible case of a step; both are locked until commit. */
export async function lockStepPlace(tx: Sql, viewer: Viewer, stepId: string): Promise<StepPlace | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<StepPlace>(
    tx,
    `SELECT s.plan_id AS planId, r.case_id AS caseId FROM plan_steps s JOIN resolution_plans r ON r.id = s.plan_id JOIN cases c ON c.id = r.active_case_id
      WHERE s.id IN (?) AND (${seen.sql}) FOR UPDATE`,
    [stepId],
    seen.params,
  );
  return rows[0];
}
