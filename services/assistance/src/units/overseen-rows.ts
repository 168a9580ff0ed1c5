import { hasRole, inDivision, inOwnUnits, type Viewer } from '@anjie/access';
import { isInDivision } from '@anjie/contracts';
import type { SqlPart } from '@anjie/service-kit/subgraph';

/** Rows of no case: the units that take part in them, and the joint office of the division. Columns are constants of our own code. */
export function overseenRows(viewer: Viewer, { units, division }: { units: readonly string[]; division: string }): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const grounds = [...units.map((column) => inOwnUnits(viewer, column)), ...(hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? [inDivision(division, viewer.divisionCode)] : [])];
  return { sql: grounds.map(({ sql }) => `(${sql})`).join(' OR '), params: grounds.flatMap(({ params }) => params) };
}

export const oversees = (viewer: Viewer, divisionCode: string): boolean =>
  hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode !== null && isInDivision(divisionCode, viewer.divisionCode);
