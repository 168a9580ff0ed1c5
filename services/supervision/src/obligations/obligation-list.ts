import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { isId, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList, SortKey } from '@anjie/service-kit/subgraph';
import { inCaseOrWithout, inOfficeDivision, notNamedInReport } from '../case-facts';
import type { ObligationFilter, ObligationSort } from '../generated/graphql';
import { followsObligation } from './followed-obligation';
import { OBLIGATION_COLUMNS, type ObligationRow } from './obligation-repository';

const FROM = 'obligations o LEFT JOIN case_scopes s ON s.case_id = o.case_id';

/**
 * Visible: the case is, or the viewer's unit subtree owes it, or the viewer does, or follows it up. Who is named in the
 * case's reports sees nothing of it; an obligation whose case is not known here yet is seen by nobody. One without a case
 * is seen by who owes it or follows it up and by the joint office of the obligor's division.
 */
export function seesObligation(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const byUnit = inOwnUnits(viewer, 'o.obligor_unit_id');
  const notNamed = notNamedInReport(viewer);
  const byOffice = inOfficeDivision(viewer, 'o.obligor_unit_id', 'o.jurisdiction_code');
  const follows = followsObligation(viewer);
  const own = {
    sql: `(${byUnit.sql} OR o.obligor_official_id = ? OR ${follows.sql})`, params: [...byUnit.params, viewer.kind === 'OFFICIAL' ? viewer.subject : null, ...follows.params],
  };
  return inCaseOrWithout(
    'o.case_id',
    { sql: `(${byCase.sql}) OR (${own.sql} AND ${notNamed.sql})`, params: [...byCase.params, ...own.params, ...notNamed.params] },
    { sql: `${own.sql} OR ${byOffice.sql}`, params: [...own.params, ...byOffice.params] },
  );
}

export const visibleObligations = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ObligationRow[]> => {
  const seen = seesObligation(viewer);
  return selectIn<ObligationRow>(sql, `SELECT ${OBLIGATION_COLUMNS} FROM ${FROM} WHERE o.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

const SORTS: Readonly<Record<ObligationSort, readonly SortKey[]>> = {
  DUE_SOONEST: [{ column: 'o.due_on' }, { column: 'o.id' }],
  DUE_LATEST: [{ column: 'o.due_on', descending: true }, { column: 'o.id' }],
  STARTED_LATEST: [{ column: 'o.start_on', descending: true }, { column: 'o.id' }],
};

const NONE: SqlPredicate = { sql: 'FALSE', params: [] };
const byId = (column: string, id: string | null | undefined): SqlPredicate[] => (id != null ? [isId(id) ? { sql: `${column} = ?`, params: [id] } : NONE] : []);

const STATES: Readonly<Record<NonNullable<ObligationFilter['state']>, string>> = {
  OPEN: "o.state = 'OPEN' AND o.overdue_at IS NULL",
  OVERDUE: "o.state = 'OPEN' AND o.overdue_at IS NOT NULL",
  MET: "o.state = 'MET'",
  CANCELLED: "o.state = 'CANCELLED'",
};

function fitting(filter: ObligationFilter | null | undefined): SqlPredicate[] {
  return [
    ...byId('o.case_id', filter?.caseId),
    ...byId('o.obligor_unit_id', filter?.unitId),
    ...byId('o.obligor_official_id', filter?.officialId),
    ...(filter?.state ? [{ sql: STATES[filter.state], params: [] }] : []),
    ...(filter?.dueBefore ? [{ sql: 'o.due_on < ?', params: [filter.dueBefore] }] : []),
    ...(filter?.dutyCode != null ? [{ sql: 'o.duty_code = ?', params: [filter.dutyCode] }] : []),
  ];
}

/** Parts joined with AND; none is every row. */
export const allOf = (parts: readonly SqlPredicate[]): SqlPredicate => ({
  sql: parts.map((part) => `(${part.sql})`).join(' AND ') || 'TRUE',
  params: parts.flatMap((part) => part.params),
});

export interface ObligationChoice {
  readonly filter?: ObligationFilter | null | undefined;
  readonly sort?: ObligationSort | null | undefined;
}

export const obligationList = (viewer: Viewer, { filter, sort }: ObligationChoice): ListQuery => ({
  columns: OBLIGATION_COLUMNS,
  from: FROM,
  where: allOf([seesObligation(viewer), ...fitting(filter)]),
  sort: SORTS[sort ?? 'DUE_SOONEST'],
});

const PARENTS = { case: 'o.case_id', unit: 'o.obligor_unit_id', official: 'o.obligor_official_id' } as const;
const OWN_FILTER = { case: 'caseId', unit: 'unitId', official: 'officialId' } as const;
export type ObligationParentKind = keyof typeof PARENTS;

/** The same list under a case, a unit or an official; the parent's own id in the filter is ignored. */
export const obligationListUnder = (viewer: Viewer, kind: ObligationParentKind, choice: ObligationChoice): ParentList => ({
  ...obligationList(viewer, { ...choice, filter: { ...choice.filter, [OWN_FILTER[kind]]: null } }),
  parent: PARENTS[kind],
});
