import { hasRole, inDivision, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { businessTime, isId, select, selectIn, type Sql } from '@anjie/service-kit/database';

export interface Parties {
  readonly unitIds: readonly string[];
  readonly officialIds: readonly string[];
}

/** Matches no row: `IN ()` is a syntax error. */
const NOBODY = ['00000000-0000-0000-0000-000000000000'];
const orNobody = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? ids : NOBODY);

/** Rows of a joint office's division and below; services see all. */
export function overseesDivision(viewer: Viewer, column: string): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  return hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? inDivision(column, viewer.divisionCode) : { sql: 'FALSE', params: [] };
}

/** A filter by place. @throws AppError BAD_USER_INPUT */
export function inPlace(column: string, code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [inDivision(column, code)];
}

/** Filters by the codes of kinds; an empty list fits nothing. */
export const ofKinds = (column: string, kinds: readonly string[] | null | undefined): SqlPredicate[] =>
  kinds == null ? [] : [kinds.length > 0 ? { sql: `${column} IN (?)`, params: [kinds] } : { sql: 'FALSE', params: [] }];

/** All of them are open units and officials in office. */
export async function areKnown(sql: Sql, { unitIds, officialIds }: Parties): Promise<boolean> {
  if (![...unitIds, ...officialIds].every(isId)) return false;
  const units = await selectIn<{ id: string }>(sql, 'SELECT id FROM known_units WHERE id IN (?) AND valid_to IS NULL', unitIds);
  const officials = await selectIn<{ id: string }>(sql, 'SELECT id FROM known_officials WHERE id IN (?) AND valid_to IS NULL', officialIds);
  return units.length === new Set(unitIds).size && officials.length === new Set(officialIds).size;
}

/** Reports of these cases name one of these, by itself, by a unit above it or by a unit of the official (第三十条第三款). */
export async function areNamed(sql: Sql, caseIds: readonly string[], { unitIds, officialIds }: Parties): Promise<boolean> {
  const rows = await selectIn(
    sql,
    `SELECT 1 FROM case_exclusions e WHERE e.case_id IN (?) AND (e.party_id IN (?) OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id IN (?))
       OR e.party_id IN (SELECT c.ancestor_id FROM posts p JOIN unit_closure c ON c.descendant_id = p.unit_id WHERE p.official_id IN (?))) LIMIT 1`,
    caseIds, [orNobody([...unitIds, ...officialIds]), orNobody(unitIds), orNobody(officialIds)],
  );
  return rows.length > 0;
}

export interface SeenCase {
  readonly id: string;
  readonly divisionCode: string;
  readonly isSealed: number;
}

/** Of these cases, those that the viewer sees. */
export function casesSeen(sql: Sql, viewer: Viewer, caseIds: readonly string[]): Promise<SeenCase[]> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  return selectIn<SeenCase>(
    sql, `SELECT s.case_id AS id, s.division_code AS divisionCode, s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id IN (?) AND (${seen.sql})`,
    caseIds.filter(isId), seen.params,
  );
}

/** The viewer's unit is this one or stands above it, and the viewer acts for units. */
export async function actsForUnit(sql: Sql, viewer: Viewer, unitId: string | null): Promise<boolean> {
  if (!unitId || !viewer.unitId) return false;
  if (viewer.unitId === unitId && hasRole(viewer, 'JOINT_OFFICE', 'UNIT_HANDLER')) return true;
  if (!hasRole(viewer, 'UNIT_HANDLER')) return false;
  return (await select(sql, 'SELECT 1 FROM unit_closure WHERE descendant_id = ? AND ancestor_id = ?', [unitId, viewer.unitId])).length > 0;
}

export const todayOf = async (sql: Sql): Promise<string> => (await businessTime(sql)).today;
