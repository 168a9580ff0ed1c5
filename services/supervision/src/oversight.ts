import { hasRole, inDivision, inOwnUnits, type SqlPredicate, type Viewer } from '@anjie/access';

/** A joint office for its division and below: `column` holds a division's code. */
export function overseen(viewer: Viewer, column: string): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  return hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? inDivision(column, viewer.divisionCode) : NOBODY;
}

/** Who takes part in a place: the viewer's unit lies below the division whose prefix `column` holds. */
export function ofPlace(viewer: Viewer, column: string): SqlPredicate {
  if (!viewer.unitId || !hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK')) return NOBODY;
  return { sql: `EXISTS (SELECT 1 FROM known_units pu WHERE pu.id = ? AND pu.division_code LIKE CONCAT(${column}, '%'))`, params: [viewer.unitId] };
}

const NOBODY: SqlPredicate = { sql: 'FALSE', params: [] };

export const anyOf = (grounds: readonly SqlPredicate[]): SqlPredicate => ({ sql: grounds.map(({ sql }) => `(${sql})`).join(' OR '), params: grounds.flatMap(({ params }) => params) });
export const bothOf = (first: SqlPredicate, second: SqlPredicate): SqlPredicate => ({ sql: `(${first.sql}) AND (${second.sql})`, params: [...first.params, ...second.params] });

/** A row about a unit: the joint office above its division, or the viewer's own unit subtree. */
export const overseenOrOwn = (viewer: Viewer, columns: { readonly divisionCode: string; readonly unitId: string }): SqlPredicate =>
  anyOf([overseen(viewer, columns.divisionCode), inOwnUnits(viewer, columns.unitId)]);
