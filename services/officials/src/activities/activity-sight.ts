import { besideCase, hasRole, inDivision, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';

/** Columns in the caller's statement; constants of our own code. */
export interface ActivityColumns {
  readonly id: string;
  readonly unitId: string;
  readonly divisionCode: string;
}

const NOBODY: SqlPredicate = { sql: 'FALSE', params: [] };

/** Rows of a unit or of its division, for staff of the unit or above and for the joint office above. */
export function seesUnitRows(viewer: Viewer, { unitId, divisionCode }: Omit<ActivityColumns, 'id'>): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const own = inOwnUnits(viewer, unitId);
  const office = hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? inDivision(divisionCode, viewer.divisionCode) : NOBODY;
  return { sql: `(${own.sql} OR ${office.sql})`, params: [...own.params, ...office.params] };
}

/** The viewer's unit or division has it, or the viewer takes part. */
export function hasActivity(viewer: Viewer, columns: ActivityColumns): SqlPredicate {
  const office = seesUnitRows(viewer, columns);
  return {
    sql: `(${office.sql} OR EXISTS (SELECT 1 FROM activity_officials ao1 WHERE ao1.activity_id = ${columns.id} AND ao1.official_id = ?))`,
    params: [...office.params, viewer.subject],
  };
}

/** 第三十条第三款: whoever is excluded from one of its cases, or may not see a sealed one, sees nothing of the whole, on whatever ground. */
export function isOpenActivity(viewer: Viewer, { id }: Pick<ActivityColumns, 'id'>): SqlPredicate {
  const beside = besideCase(viewer, scopeColumns('as2'));
  return {
    sql: `NOT EXISTS (SELECT 1 FROM activity_cases ac2 JOIN case_scopes as2 ON as2.case_id = ac2.case_id WHERE ac2.activity_id = ${id} AND NOT (${beside.sql}))`,
    params: beside.params,
  };
}

/** The viewer's unit or division has it, the viewer takes part, or a case of it is visible; and no case of it keeps the viewer out. */
export function seesActivity(viewer: Viewer, columns: ActivityColumns): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const has = hasActivity(viewer, columns);
  const byCase = visibleCases(viewer, scopeColumns('as1'));
  const open = isOpenActivity(viewer, columns);
  return {
    sql: `(${has.sql} OR EXISTS (SELECT 1 FROM activity_cases ac1 JOIN case_scopes as1 ON as1.case_id = ac1.case_id WHERE ac1.activity_id = ${columns.id} AND (${byCase.sql})))
      AND ${open.sql}`,
    params: [...has.params, ...byCase.params, ...open.params],
  };
}
