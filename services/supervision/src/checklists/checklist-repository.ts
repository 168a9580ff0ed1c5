import type { SqlPredicate, Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { placeOfUnit } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { ChecklistAssignmentFilter, ChecklistFilter, ChecklistState } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { overseenOrOwn } from '../oversight';
import type { Period } from '../rules/report-periods';

export interface ChecklistRow {
  readonly id: string;
  readonly kindCode: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly from: string;
  readonly to: string;
  readonly dueOn: string;
  readonly stored: 'OPEN' | 'FILLED';
  readonly overdueOn: string | null;
  readonly filledOn: string | null;
  readonly filledById: string | null;
  readonly version: number;
}

const COLUMNS = `c.id, c.kind AS kindCode, c.unit_id AS unitId, c.division_code AS divisionCode, c.campaign_id AS campaignId, c.period_from AS \`from\`, c.period_to AS \`to\`, c.due_on AS dueOn,
  c.state AS stored, c.overdue_on AS overdueOn, c.filled_on AS filledOn, c.filled_by AS filledById, c.version`;

const seesChecklist = (viewer: Viewer): SqlPredicate => overseenOrOwn(viewer, { divisionCode: 'c.division_code', unitId: 'c.unit_id' });

export const visibleChecklists = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ChecklistRow[]> => {
  const seen = seesChecklist(viewer);
  return selectIn<ChecklistRow>(sql, `SELECT ${COLUMNS} FROM checklists c WHERE c.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const lockChecklist = async (tx: Sql, id: string): Promise<ChecklistRow | undefined> =>
  (await select<ChecklistRow>(tx, `SELECT ${COLUMNS} FROM checklists c WHERE c.id = ? FOR UPDATE`, [id]))[0];

const STATES: Readonly<Record<ChecklistState, string>> = {
  OPEN: "c.state = 'OPEN' AND c.overdue_on IS NULL",
  OVERDUE: "c.state = 'OPEN' AND c.overdue_on IS NOT NULL",
  FILLED: "c.state = 'FILLED'",
};

function within(column: string, code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [{ sql: `${column} LIKE ?`, params: [`${divisionPrefix(code)}%`] }];
}

const oneOf = (column: string, values: readonly string[] | null | undefined): SqlPredicate[] => (values && values.length > 0 ? [{ sql: `${column} IN (?)`, params: [values] }] : []);

export const checklistList = (viewer: Viewer, filter: ChecklistFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'checklists c',
  where: allOf([
    seesChecklist(viewer), ...oneOf('c.kind', filter?.kinds), ...byId('c.unit_id', filter?.unitId), ...within('c.division_code', filter?.divisionCode),
    ...(filter?.state ? [{ sql: STATES[filter.state], params: [] }] : []),
    ...(filter?.on ? [{ sql: '? BETWEEN c.period_from AND c.period_to', params: [filter.on] }] : []),
  ]),
  sort: [{ column: 'c.period_from', descending: true }, { column: 'c.id' }],
});

export const checklistsUnderUnit = (viewer: Viewer, choice: Pick<ChecklistFilter, 'kinds' | 'state'>): ParentList => ({
  ...checklistList(viewer, { kinds: choice.kinds ?? null, state: choice.state ?? null }), parent: 'c.unit_id',
});

export interface AnswerRow {
  readonly checklistId: string;
  readonly item: string;
  readonly yes: number | null;
  readonly count: number | null;
  readonly text: string | null;
}

export const answersOf = (sql: Sql, checklistIds: readonly string[]): Promise<AnswerRow[]> =>
  selectIn<AnswerRow>(
    sql, 'SELECT checklist_id AS checklistId, item_code AS item, is_yes AS yes, amount AS count, words AS text FROM checklist_answers WHERE checklist_id IN (?)', checklistIds,
  );

export interface AssignmentRow {
  readonly id: string;
  readonly kindCode: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly startsOn: string;
  readonly nextFrom: string;
  readonly endedOn: string | null;
  readonly version: number;
}

export const ASSIGNMENT_COLUMNS = `a.id, a.kind AS kindCode, a.unit_id AS unitId, a.division_code AS divisionCode, a.campaign_id AS campaignId, a.starts_on AS startsOn, a.next_from AS nextFrom,
  a.ended_on AS endedOn, a.version`;

export const assignmentList = (viewer: Viewer, filter: ChecklistAssignmentFilter | null | undefined): ListQuery => ({
  columns: ASSIGNMENT_COLUMNS,
  from: 'checklist_assignments a JOIN known_units u ON u.id = a.unit_id',
  where: allOf([overseenOrOwn(viewer, { divisionCode: 'a.division_code', unitId: 'a.unit_id' }), ...byId('a.unit_id', filter?.unitId), ...oneOf('a.kind', filter?.kinds)]),
  sort: [{ column: 'a.division_code' }, { column: 'u.code' }, { column: 'a.id' }],
});

/** With where the office sits that asked for it; the unit's own division where that was not kept. */
export async function visibleAssignment(sql: Sql, viewer: Viewer, id: string): Promise<(AssignmentRow & { readonly officeDivisionCode: string }) | undefined> {
  const seen = overseenOrOwn(viewer, { divisionCode: 'a.division_code', unitId: 'a.unit_id' });
  const columns = `${ASSIGNMENT_COLUMNS}, ${placeOfUnit('a.office_unit_id', 'a.division_code')} AS officeDivisionCode`;
  return (await select<AssignmentRow & { readonly officeDivisionCode: string }>(sql, `SELECT ${columns} FROM checklist_assignments a WHERE a.id = ? AND (${seen.sql})`, [id, ...seen.params]))[0];
}

/** Which of these units the viewer oversees or works in. */
export const unitsInView = async (sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const seen = overseenOrOwn(viewer, { divisionCode: 'u.division_code', unitId: 'u.id' });
  return new Set((await selectIn<{ id: string }>(sql, `SELECT u.id FROM known_units u WHERE u.id IN (?) AND (${seen.sql})`, unitIds, seen.params)).map(({ id }) => id));
};

export interface CompletionRow {
  readonly id: string;
  readonly expected: number;
  readonly inTime: number;
  readonly late: number;
  readonly overdue: number;
}

/** Of the checklists whose last day lies in the period, for many units. */
export async function completionOf(sql: Sql, unitIds: readonly string[], { from, to }: Period): Promise<CompletionRow[]> {
  const rows = await selectIn<Readonly<Record<keyof CompletionRow, string>>>(
    sql,
    `SELECT unit_id AS id, COUNT(*) AS expected, SUM(state = 'FILLED' AND filled_on <= due_on) AS inTime, SUM(state = 'FILLED' AND filled_on > due_on) AS late,
            SUM(state = 'OPEN' AND overdue_on IS NOT NULL) AS overdue
       FROM checklists WHERE unit_id IN (?) AND due_on BETWEEN ? AND ? GROUP BY unit_id`,
    unitIds, [from, to],
  );
  return rows.map((row) => ({ id: row.id, expected: Number(row.expected), inTime: Number(row.inTime), late: Number(row.late), overdue: Number(row.overdue) }));
}
