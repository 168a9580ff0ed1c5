import type { Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export interface PlanRow {
  readonly id: string;
  readonly caseId: string;
  readonly revision: number;
  readonly measures: string;
  readonly madeOn: string;
}
const COLUMNS = 'r.id, r.case_id AS caseId, r.revision, r.measures, r.made_on AS madeOn';

export function plansByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<PlanRow[]> {
  const seen = seenCases(viewer);
  return selectIn<PlanRow>(sql, `SELECT ${COLUMNS} FROM resolution_plans r JOIN cases c ON c.id = r.case_id WHERE r.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Plans in force of cases that the caller has already checked to be visible. */
export const plansInForce = (sql: Sql, caseIds: readonly string[]): Promise<PlanRow[]> =>
  selectIn<PlanRow>(sql, `SELECT ${COLUMNS} FROM resolution_plans r WHERE r.active_case_id IN (?)`, caseIds);

export interface MilestoneRow {
  readonly id: string;
  readonly planId: string;
  readonly title: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
}
const MILESTONE = 'm.id, m.plan_id AS planId, m.title, m.due_on AS dueOn, m.done_on AS doneOn';

export const milestonesOf = (sql: Sql, planIds: readonly string[]): Promise<MilestoneRow[]> =>
  selectIn<MilestoneRow>(sql, `SELECT ${MILESTONE} FROM plan_milestones m WHERE m.plan_id IN (?) ORDER BY m.plan_id, m.due_on, m.ordinal`, planIds);

export interface MilestoneOfCase extends MilestoneRow {
  readonly caseId: string;
}
/** A milestone of a plan in force, of a case visible to the viewer, locked until commit. */
export async function lockMilestone(tx: Sql, viewer: Viewer, id: string): Promise<MilestoneOfCase | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<MilestoneOfCase>(
    tx,
    `SELECT ${MILESTONE}, r.case_id AS caseId FROM plan_milestones m JOIN resolution_plans r ON r.id = m.plan_id JOIN cases c ON c.id = r.active_case_id
      WHERE m.id IN (?) AND (${seen.sql}) FOR UPDATE`,
    [id],
    seen.params,
  );
  return rows[0];
}
