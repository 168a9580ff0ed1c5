import { visibleCases, type Viewer } from '@anjie/access';
import { caseIsSealed, type PartyRole } from '@anjie/contracts';
import { giveUp, select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { CaseStatus } from '../rules/life';
import type { StandingInCase } from '../rules/permissions';
import type { ProcedureKind, Route } from '../rules/routes';

export interface CaseRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly summary: string;
  readonly status: CaseStatus;
  readonly purpose: 'CLAIM' | 'SUGGESTION' | 'ACCUSATION' | 'OTHER';
  readonly contentCategory: string | null;
  readonly divisionCode: string;
  readonly registeredOn: string;
  readonly registeredUnitId: string | null;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly limitOn: string | null;
  readonly planSince: string | null;
  readonly route: Route | null;
  readonly procedureKind: ProcedureKind;
  readonly closedOn: string | null;
  readonly relapseUntil: string | null;
  readonly version: string;
  /** tinyint: 0 or 1 */
  readonly isSealed: number;
}

export const CASE_COLUMNS = `c.id, c.number, c.title, c.summary, c.status, c.purpose, c.content_category AS contentCategory,
  c.division_code AS divisionCode, c.registered_on AS registeredOn, c.registered_unit_id AS registeredUnitId, c.lead_unit_id AS leadUnitId,
  c.lead_since AS leadSince, c.limit_on AS limitOn, c.plan_since AS planSince,
  c.route, c.procedure_kind AS procedureKind, c.closed_on AS closedOn, c.relapse_until AS relapseUntil, c.version, c.is_sealed AS isSealed`;

/** The predicate of this service: the case's own row says where it lies. */
export const seenCases = (viewer: Viewer) => visibleCases(viewer, { caseId: 'c.id', divisionCode: 'c.division_code', isSealed: 'c.is_sealed' });

/** A case for our own acts, whoever asks: a fact of another service arrived, or the row was written just now. */
export const caseRow = async (tx: Sql, id: string, lock: 'FOR UPDATE' | '' = ''): Promise<CaseRow | undefined> =>
  (await selectIn<CaseRow>(tx, `SELECT ${CASE_COLUMNS} FROM cases c WHERE c.id IN (?) ${lock}`, [id]))[0];

/** Visible cases among these ids: the one way to a case row, for root fields and references alike. */
export function casesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CaseRow[]> {
  const seen = seenCases(viewer);
  return selectIn<CaseRow>(sql, `SELECT ${CASE_COLUMNS} FROM cases c WHERE c.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/**
 * A visible case, locked until commit; undefined when it is missing or invisible. A sealed case gives up the whole
 * mutation with CASE_SEALED: no ordinary command touches one, those that are written later included.
 */
export async function lockCase(tx: Sql, viewer: Viewer, id: string): Promise<CaseRow | undefined> {
  const row = await lockAnyCase(tx, viewer, id);
  return row?.isSealed ? giveUp(caseIsSealed()) : row;
}

/** A visible case of either lane, locked until commit: for the commands of the sealed lane. */
export async function lockAnyCase(tx: Sql, viewer: Viewer, id: string): Promise<CaseRow | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<CaseRow>(tx, `SELECT ${CASE_COLUMNS} FROM cases c WHERE c.id IN (?) AND (${seen.sql}) FOR UPDATE`, [id], seen.params);
  return rows[0];
}

export interface PartRow {
  readonly role: PartyRole;
}

/** A part of the viewer, or of the viewer's unit subtree. */
const OWN_PART = `((p.party_kind = 'OFFICIAL' AND p.party_id = ?)
  OR (p.party_kind = 'UNIT' AND p.party_id IN (SELECT u.descendant_id FROM unit_closure u WHERE u.ancestor_id = ?)))`;

export const partsInCase = (sql: Sql, viewer: Viewer, caseId: string): Promise<PartRow[]> =>
  selectIn<PartRow>(sql, `SELECT DISTINCT p.role FROM case_parties p WHERE p.case_id IN (?) AND ${OWN_PART}`, [caseId], [viewer.subject, viewer.unitId]);

/** What the viewer is in a case that the caller has already checked to be visible. */
export async function standingInCase(sql: Sql, viewer: Viewer, caseId: string): Promise<StandingInCase> {
  const rows = await select<{ divisionCode: string; role: PartyRole | null }>(
    sql, `SELECT DISTINCT c.division_code AS divisionCode, p.role FROM cases c LEFT JOIN case_parties p ON p.case_id = c.id AND ${OWN_PART} WHERE c.id = ?`, [viewer.subject, viewer.unitId, caseId],
  );
  return { roles: viewer.roles, divisionCode: viewer.divisionCode, caseDivisionCode: rows[0]?.divisionCode ?? null, parts: rows.flatMap(({ role }) => role ?? []) };
}
