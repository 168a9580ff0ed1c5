import { besideCase, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInItsCase } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { InspectionFilter, SupervisionGround } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { anyOf } from '../oversight';
import { inPlace, ofKinds, overseesDivision } from '../oversight-facts';
import type { FindingState, InspectionState } from '../rules/inspections';

export interface InspectionRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly leadingUnitId: string;
  readonly teamId: string | null;
  readonly isShared: number;
  readonly divisionCode: string;
  readonly unitId: string | null;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly plannedById: string;
  readonly plannedOn: string;
  readonly state: InspectionState;
  readonly startedOn: string | null;
  readonly reportDueOn: string | null;
  readonly reportObligationId: string | null;
  readonly report: string | null;
  readonly reportedOn: string | null;
  readonly closedOn: string | null;
  readonly closeNote: string | null;
  readonly version: number;
}

const COLUMNS = `i.id, i.kind, i.title, i.leading_unit_id AS leadingUnitId, i.team_id AS teamId, i.is_shared AS isShared, i.division_code AS divisionCode,
  i.unit_id AS unitId, i.case_id AS caseId, i.campaign_id AS campaignId, i.planned_by AS plannedById, i.planned_on AS plannedOn, i.state, i.started_on AS startedOn,
  i.report_due_on AS reportDueOn, i.report_obligation_id AS reportObligationId, i.report, i.reported_on AS reportedOn, i.closed_on AS closedOn,
  i.close_note AS closeNote, i.version`;
const FROM = 'inspections i LEFT JOIN case_scopes s ON s.case_id = i.case_id';

/**
 * Visible to whoever inspects: the office of the region and those above, the leading unit, its partners, the team. Before it has begun never to
 * one who works in the inspected unit or below it; then to that unit, and to whoever sees the case. Never to one who is named in the case's reports.
 */
function seesInspection(viewer: Viewer): SqlPredicate {
  const notNamed = notNamedInItsCase(viewer, 'i.case_id');
  const inspects = anyOf([overseesDivision(viewer, 'i.division_code'), inOwnUnits(viewer, 'i.leading_unit_id'), isPartner(viewer), isOfTeam(viewer)]);
  const [within, inspected] = [worksIn(viewer, 'i.unit_id'), inOwnUnits(viewer, 'i.unit_id')];
  const byCase = visibleCases(viewer, scopeColumns('s'));
  return {
    sql: `${notNamed.sql} AND (((${inspects.sql}) AND (i.started_on IS NOT NULL OR NOT ${within.sql}))
        OR (i.started_on IS NOT NULL AND (${inspected.sql} OR (i.case_id IS NOT NULL AND (${byCase.sql})))))`,
    params: [...notNamed.params, ...inspects.params, ...within.params, ...inspected.params, ...byCase.params],
  };
}

function isPartner(viewer: Viewer): SqlPredicate {
  const own = inOwnUnits(viewer, 'ip.unit_id');
  return { sql: `EXISTS (SELECT 1 FROM inspection_partners ip WHERE ip.inspection_id = i.id AND ${own.sql})`, params: own.params };
}

/** Members in force; of what had begun also those who left since. Who left hears of no plan that comes after. */
const isOfTeam = (viewer: Viewer): SqlPredicate => ({
  sql: `EXISTS (SELECT 1 FROM inspection_team_members im WHERE im.team_id = i.team_id AND im.official_id = ? AND (im.until_on IS NULL OR im.until_on >= i.started_on))`,
  params: [viewer.kind === 'OFFICIAL' ? viewer.subject : null],
});

/** The viewer's unit is this one or lies below it, whatever the viewer's role. */
const worksIn = (viewer: Viewer, column: string): SqlPredicate => ({
  sql: `EXISTS (SELECT 1 FROM unit_closure wi WHERE wi.ancestor_id = ${column} AND wi.descendant_id = ?)`, params: [viewer.unitId],
});

export const visibleInspections = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<InspectionRow[]> => {
  const seen = seesInspection(viewer);
  return selectIn<InspectionRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE i.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const inspectionList = (viewer: Viewer, filter: InspectionFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesInspection(viewer), ...ofKinds('i.kind', filter?.kinds), ...byId('i.unit_id', filter?.unitId), ...byId('i.leading_unit_id', filter?.leadingUnitId),
    ...byId('i.team_id', filter?.teamId), ...byId('i.case_id', filter?.caseId), ...inPlace('i.division_code', filter?.divisionCode),
    ...(filter?.state ? [{ sql: 'i.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'i.planned_on', descending: true }, { column: 'i.id' }],
});

const PARENTS = { case: 'i.case_id', unit: 'i.unit_id', division: 'i.division_code' } as const;
export type InspectionParentKind = keyof typeof PARENTS;
export const inspectionsUnder = (viewer: Viewer, kind: InspectionParentKind): ParentList => ({ ...inspectionList(viewer, null), parent: PARENTS[kind] });

export const partnersOf = (sql: Sql, ids: readonly string[]): Promise<{ inspectionId: string; unitId: string }[]> =>
  selectIn(sql, 'SELECT inspection_id AS inspectionId, unit_id AS unitId FROM inspection_partners WHERE inspection_id IN (?) ORDER BY inspection_id, unit_id', ids);

export async function putInspection(tx: Sql, row: Row & { readonly id: string }, partnerUnitIds: readonly string[]): Promise<void> {
  await insertRows(tx, 'inspections', [row]);
  await insertRows(tx, 'inspection_partners', [...new Set(partnerUnitIds)].map((unitId) => ({ inspection_id: row.id, unit_id: unitId })));
}

export interface InspectionFindingRow {
  readonly id: string;
  readonly inspectionId: string;
  readonly unitId: string;
  readonly caseId: string | null;
  readonly ground: SupervisionGround;
  readonly text: string;
  readonly evidenceRef: string;
  readonly foundOn: string;
  readonly rectifyBy: string;
  readonly obligationId: string;
  readonly sharedObligationId: string | null;
  readonly state: FindingState;
  readonly rectification: string | null;
  readonly rectificationRef: string | null;
  readonly rectifiedOn: string | null;
  readonly rectifiedById: string | null;
  readonly decidedOn: string | null;
  readonly decidedById: string | null;
  readonly decisionNote: string | null;
  readonly version: number;
  /** Of the inspection. */
  readonly leadingUnitId: string;
  readonly teamId: string | null;
  readonly divisionCode: string;
  readonly campaignId: string | null;
}

const FINDING_COLUMNS = `f.id, f.inspection_id AS inspectionId, f.unit_id AS unitId, f.case_id AS caseId, f.ground, f.text, f.evidence_ref AS evidenceRef, f.found_on AS foundOn,
  f.rectify_by AS rectifyBy, f.obligation_id AS obligationId, f.shared_obligation_id AS sharedObligationId, f.state, f.rectification,
  f.rectification_ref AS rectificationRef, f.rectified_on AS rectifiedOn, f.rectified_by AS rectifiedById, f.decided_on AS decidedOn, f.decided_by AS decidedById,
  f.decision_note AS decisionNote, f.version, i.leading_unit_id AS leadingUnitId, i.team_id AS teamId, i.division_code AS divisionCode, i.campaign_id AS campaignId`;
const FINDING_FROM = `inspection_findings f JOIN inspections i ON i.id = f.inspection_id LEFT JOIN case_scopes s ON s.case_id = i.case_id
  LEFT JOIN case_scopes fs ON fs.case_id = f.case_id`;

/** With the inspection, or the unit's own; a finding on a case beside the case's exclusions and seal. */
function seesFinding(viewer: Viewer): SqlPredicate {
  const beside = besideCase(viewer, scopeColumns('fs'));
  const own = inOwnUnits(viewer, 'f.unit_id');
  const inspection = seesInspection(viewer);
  return {
    sql: `(f.case_id IS NULL OR (fs.case_id IS NOT NULL AND ${beside.sql})) AND (${own.sql} OR (${inspection.sql}))`,
    params: [...beside.params, ...own.params, ...inspection.params],
  };
}

export const visibleFindings = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<InspectionFindingRow[]> => {
  const seen = seesFinding(viewer);
  return selectIn<InspectionFindingRow>(sql, `SELECT ${FINDING_COLUMNS} FROM ${FINDING_FROM} WHERE f.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

/** Of an inspection in the order in which they were found, of a unit the newest first. */
export const findingsUnder = (viewer: Viewer, kind: 'inspection' | 'unit'): ParentList => ({
  columns: FINDING_COLUMNS, from: FINDING_FROM, where: seesFinding(viewer), parent: kind === 'unit' ? 'f.unit_id' : 'f.inspection_id',
  sort: [{ column: 'f.found_on', descending: kind === 'unit' }, { column: 'f.id' }],
});

export const putFinding = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'inspection_findings', [row]);

export const hasOpenFindings = async (tx: Sql, inspectionId: string): Promise<boolean> =>
  (await select(tx, "SELECT 1 FROM inspection_findings WHERE inspection_id = ? AND state <> 'ACCEPTED' LIMIT 1", [inspectionId])).length > 0;
