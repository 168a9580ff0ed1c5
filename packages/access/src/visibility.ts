import { divisionPrefix } from '@anjie/contracts';
import { hasRole, type Viewer } from './viewer';

/** A piece of SQL with its parameters; never built from a client's text. */
export interface SqlPredicate {
  readonly sql: string;
  readonly params: readonly unknown[];
}

const NOTHING: SqlPredicate = { sql: 'FALSE', params: [] };
const EVERYTHING: SqlPredicate = { sql: 'TRUE', params: [] };

/** Names of the columns in the caller's statement that hold the case's id and division; constants of our own code. */
export interface CaseColumns {
  readonly caseId: string;
  readonly divisionCode: string;
}

/**
 * The one rule for "may this viewer see this case", the same in every service's schema because it reads only
 * `case_parties`, `case_exclusions` and `unit_closure`:
 * division subtree (joint office) OR part of the viewer's unit subtree OR part of the viewer's own; exclusion wins.
 * `columns` come from a row of `case_scopes`. Deny by default: no role and no part sees nothing.
 */
export function visibleCases(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (viewer.kind === 'SERVICE') return EVERYTHING;
  const grounds = [byDivision(viewer, columns), byUnit(viewer, columns), byPart(viewer, columns)].filter((ground) => ground !== NOTHING);
  if (grounds.length === 0) return NOTHING;
  const deny = notExcluded(viewer, columns);
  return {
    sql: `(${grounds.map((g) => g.sql).join(' OR ')}) AND ${deny.sql}`,
    params: [...grounds.flatMap((g) => g.params), ...deny.params],
  };
}

function byDivision(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return NOTHING;
  return inDivision(columns.divisionCode, viewer.divisionCode);
}

/** `column` lies in the subtree of `code`. The prefix is digits only (checked), so LIKE carries no wildcard of a client's. */
export const inDivision = (column: string, code: string): SqlPredicate => ({ sql: `${column} LIKE ?`, params: [`${divisionPrefix(code)}%`] });

function byUnit(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (!viewer.unitId) return NOTHING;
  if (hasRole(viewer, 'UNIT_HANDLER')) {
    return {
      sql: `EXISTS (SELECT 1 FROM case_parties vp JOIN unit_closure vu ON vu.descendant_id = vp.party_id
        WHERE vp.case_id = ${columns.caseId} AND vp.party_kind = 'UNIT' AND vu.ancestor_id = ?)`,
      params: [viewer.unitId],
    };
  }
  if (!hasRole(viewer, 'WINDOW_CLERK')) return NOTHING;
  return {
    sql: `EXISTS (SELECT 1 FROM case_parties vr WHERE vr.case_id = ${columns.caseId} AND vr.party_kind = 'UNIT'
        AND vr.role = 'REGISTRAR' AND vr.party_id = ?)`,
    params: [viewer.unitId],
  };
}

const byPart = (viewer: Viewer, columns: CaseColumns): SqlPredicate => ({
  sql: `EXISTS (SELECT 1 FROM case_parties vo WHERE vo.case_id = ${columns.caseId} AND vo.party_kind = 'OFFICIAL' AND vo.party_id = ?)`,
  params: [viewer.subject],
});

/** 《信访工作条例》第三十条第三款: material never reaches the accused, unit subtree included. */
export function notExcluded(viewer: Viewer, columns: Pick<CaseColumns, 'caseId'>): SqlPredicate {
  return {
    sql: `NOT EXISTS (SELECT 1 FROM case_exclusions ve WHERE ve.case_id = ${columns.caseId} AND (ve.party_id = ?
        OR ve.party_id IN (SELECT vc.ancestor_id FROM unit_closure vc WHERE vc.descendant_id = ?)))`,
    params: [viewer.subject, viewer.unitId ?? NO_UNIT],
  };
}

/** Matches no row: a viewer without a unit is in nobody's subtree. */
const NO_UNIT = '00000000-0000-0000-0000-000000000000';

/** A unit's own rows: `column` holds a unit in the subtree of the viewer's unit. */
export function inOwnUnits(viewer: Viewer, column: string): SqlPredicate {
  if (!viewer.unitId || !hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK')) return NOTHING;
  return {
    sql: `EXISTS (SELECT 1 FROM unit_closure vw WHERE vw.descendant_id = ${column} AND vw.ancestor_id = ?)`,
    params: [viewer.unitId],
  };
}

/** May the viewer see figures of this division? Joint offices theirs and below; nobody else. */
export function seesDivisionFigures(viewer: Viewer, divisionCode: string): boolean {
  if (viewer.kind === 'SERVICE') return true;
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return false;
  return divisionCode.startsWith(divisionPrefix(viewer.divisionCode));
}
