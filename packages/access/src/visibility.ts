import { divisionPrefix } from '@anjie/contracts';
import { hasRole, type Viewer } from './viewer';

/** A piece of SQL with its parameters; never built from a client's text. */
export interface SqlPredicate {
  readonly sql: string;
  readonly params: readonly unknown[];
}

const NOTHING: SqlPredicate = { sql: 'FALSE', params: [] };
const EVERYTHING: SqlPredicate = { sql: 'TRUE', params: [] };

/** Names of the columns in the caller's statement that hold what is asked about a case; constants of our own code. */
export interface CaseColumns {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly isSealed: string;
}

/** The columns of `case_scopes` under its alias in the caller's statement. */
export const scopeColumns = (alias: string): CaseColumns => ({ caseId: `${alias}.case_id`, divisionCode: `${alias}.division_code`, isSealed: `${alias}.is_sealed` });

/**
 * The one rule for "may this viewer see this case", the same in every service's schema because it reads only
 * `case_parties`, `case_exclusions`, `unit_closure` and `posts`:
 * division subtree (joint office) OR part of the viewer's unit subtree OR part of the viewer's own; exclusion wins.
 * A sealed case (检举控告件) is seen by no division and from no unit above: only by staff of exactly a unit that has a part.
 * `columns` come from a row of `case_scopes`, or of the truth in cases. Deny by default: no role and no part sees nothing.
 */
export function visibleCases(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (viewer.kind === 'SERVICE') return EVERYTHING;
  const open = anyOf([byDivision(viewer, columns), byUnit(viewer, columns)]);
  const sealed = byExactUnit(viewer, columns);
  return everyOf([
    anyOf([byPart(viewer, columns), where(`${columns.isSealed} = 0`, open), where(`${columns.isSealed} = 1`, sealed)]),
    notExcluded(viewer, columns),
  ]);
}

/**
 * What holds for every other ground to see a row of a case (the viewer's unit owes it, got it, decides it): the viewer
 * is not excluded, and of a sealed case such grounds show nothing that the case itself does not show.
 */
export function besideCase(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (viewer.kind === 'SERVICE') return EVERYTHING;
  const ordinary: SqlPredicate = { sql: `${columns.isSealed} = 0`, params: [] };
  return everyOf([anyOf([ordinary, byPart(viewer, columns), byExactUnit(viewer, columns)]), notExcluded(viewer, columns)]);
}

const where = (condition: string, ground: SqlPredicate): SqlPredicate => (ground === NOTHING ? NOTHING : { sql: `${condition} AND ${ground.sql}`, params: ground.params });

function anyOf(grounds: readonly SqlPredicate[]): SqlPredicate {
  const given = grounds.filter((ground) => ground !== NOTHING);
  return given.length === 0 ? NOTHING : { sql: `(${given.map((one) => one.sql).join(' OR ')})`, params: given.flatMap((one) => one.params) };
}

const everyOf = (parts: readonly SqlPredicate[]): SqlPredicate => ({ sql: parts.map((one) => one.sql).join(' AND '), params: parts.flatMap((one) => one.params) });

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
  return hasRole(viewer, 'WINDOW_CLERK') ? asRegistrar(viewer.unitId, columns) : NOTHING;
}

const asRegistrar = (unitId: string, columns: CaseColumns): SqlPredicate => ({
  sql: `EXISTS (SELECT 1 FROM case_parties vr WHERE vr.case_id = ${columns.caseId} AND vr.party_kind = 'UNIT'
        AND vr.role = 'REGISTRAR' AND vr.party_id = ?)`,
  params: [unitId],
});

/** The unit itself, neither one above nor one below it; a window only while its own registration is not transferred. */
function byExactUnit(viewer: Viewer, columns: CaseColumns): SqlPredicate {
  if (!viewer.unitId) return NOTHING;
  if (!hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE')) return hasRole(viewer, 'WINDOW_CLERK') ? asRegistrar(viewer.unitId, columns) : NOTHING;
  return {
    sql: `EXISTS (SELECT 1 FROM case_parties vs WHERE vs.case_id = ${columns.caseId} AND vs.party_kind = 'UNIT' AND vs.party_id = ?)`,
    params: [viewer.unitId],
  };
}

const byPart = (viewer: Viewer, columns: CaseColumns): SqlPredicate => ({
  sql: `EXISTS (SELECT 1 FROM case_parties vo WHERE vo.case_id = ${columns.caseId} AND vo.party_kind = 'OFFICIAL' AND vo.party_id = ?)`,
  params: [viewer.subject],
});

/** 《信访工作条例》第三十条第三款: material never reaches the accused, unit subtree included. */
export function notExcluded(viewer: Viewer, columns: Pick<CaseColumns, 'caseId'>): SqlPredicate {
  const named = belongsTo(viewer, { party: 've.party_id', since: 've.since_on' });
  return { sql: `NOT EXISTS (SELECT 1 FROM case_exclusions ve WHERE ve.case_id = ${columns.caseId} AND ${named.sql})`, params: named.params };
}

/**
 * The viewer is the party, an official or a unit, or serves in the unit or below it, whichever of their posts is used: acting, seconded
 * (借调) and coming ones count, and those that ended on the day `since` or later. NULL where there is no party.
 */
export function belongsTo(viewer: Viewer, { party, since }: { readonly party: string; readonly since: string }): SqlPredicate {
  return {
    sql: `(${party} IN (?, ?)
        OR ${party} IN (SELECT vc.ancestor_id FROM unit_closure vc WHERE vc.descendant_id = ?)
        OR ${party} IN (SELECT vd.ancestor_id FROM posts vh JOIN unit_closure vd ON vd.descendant_id = vh.unit_id
             WHERE vh.official_id = ? AND (vh.ended_on IS NULL OR ${since} IS NULL OR vh.ended_on >= ${since})))`,
    params: [viewer.subject, viewer.unitId ?? NO_UNIT, viewer.unitId ?? NO_UNIT, UUID.test(viewer.subject) ? viewer.subject : NO_UNIT],
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
