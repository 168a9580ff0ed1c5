import type { Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import { searchExpression } from '@anjie/service-kit/search';
import { listConnection, type Connection, type PageArgs, type SortKey, type SqlPart } from '@anjie/service-kit/subgraph';
import { markConditions, type MarkFilter } from '../marks/mark-repository';
import { stoodOn } from '../history/history-repository';
import { CASE_COLUMNS, seenCases, type CaseRow } from './case-repository';

export interface CaseFilter extends MarkFilter {
  readonly search?: string | null;
  readonly status?: string | null;
  readonly statusOn?: string | null;
  readonly divisionCode?: string | null;
  readonly campaignId?: string | null;
  readonly leadUnitId?: string | null;
  readonly partyId?: string | null;
  readonly unresolved?: boolean | null;
}

const SORTS: Readonly<Record<'NEWEST_FIRST' | 'OLDEST_FIRST' | 'NUMBER', readonly SortKey[]>> = {
  NEWEST_FIRST: [{ column: 'c.registered_on', descending: true }, { column: 'c.id' }],
  OLDEST_FIRST: [{ column: 'c.registered_on' }, { column: 'c.id' }],
  NUMBER: [{ column: 'c.number' }],
};

export interface CaseListArgs extends PageArgs {
  readonly filter?: CaseFilter | null;
  readonly sort?: keyof typeof SORTS | null;
}

/** 工作清单: visible cases under a filter, one statement. */
export function listCases(sql: Sql, viewer: Viewer, args: CaseListArgs): Promise<Connection<CaseRow>> {
  const seen = seenCases(viewer);
  const parts: SqlPart[] = [{ sql: `(${seen.sql})`, params: seen.params }, ...conditions(args.filter ?? {})];
  return listConnection<CaseRow>(
    sql,
    {
      columns: CASE_COLUMNS,
      from: 'cases c',
      where: { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) },
      sort: SORTS[args.sort ?? 'NEWEST_FIRST'],
    },
    args,
  );
}

/** 化解: recognised as resolved in substance, by close review or in a ledger that was imported. */
export const RESOLVED_PART = `(EXISTS (SELECT 1 FROM ledger_entries r WHERE r.case_id = c.id AND r.resolved_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM case_ends re WHERE re.case_id = c.id AND re.active_kind = 'RESOLVED'))`;

function conditions(filter: CaseFilter): SqlPart[] {
  const parts: SqlPart[] = [];
  if (typeof filter.search === 'string') parts.push(searchPart(filter.search));
  if (filter.statusOn && !filter.status) throw new AppError('BAD_USER_INPUT', { field: 'filter.statusOn', rule: 'together with status' });
  if (filter.status) parts.push(filter.statusOn ? stoodOn('c.id', filter.statusOn, filter.status) : { sql: 'c.status = ?', params: [filter.status] });
  parts.push(...inDivisionPart('c.division_code', filter.divisionCode), ...withId('c.lead_unit_id = ?', filter.leadUnitId));
  parts.push(...withId('EXISTS (SELECT 1 FROM case_ledgers fl WHERE fl.case_id = c.id AND fl.campaign_id = ?)', filter.campaignId));
  parts.push(...withId('EXISTS (SELECT 1 FROM case_parties fp WHERE fp.case_id = c.id AND fp.party_id = ?)', filter.partyId));
  if (typeof filter.unresolved === 'boolean') parts.push({ sql: filter.unresolved ? `NOT ${RESOLVED_PART}` : RESOLVED_PART, params: [] });
  parts.push(...markConditions(filter));
  return parts;
}

/** A query without a searchable word finds nothing, never everything. */
function searchPart(text: string): SqlPart {
  if (text.length > 200) throw new AppError('BAD_USER_INPUT', { field: 'filter.search', rule: 'at most 200 characters' });
  const expression = searchExpression(text);
  return expression ? { sql: 'MATCH (c.search_grams) AGAINST (? IN BOOLEAN MODE)', params: [expression] } : { sql: 'FALSE', params: [] };
}

type Given = string | null | undefined;

/** A condition on an id that was given; a text that is no id, the empty one included, finds nothing and never everything. */
export const withId = (sql: string, id: Given): SqlPart[] => (id === null || id === undefined ? [] : [isId(id) ? { sql, params: [id] } : { sql: 'FALSE', params: [] }]);

/** A condition on a division subtree that was given. @throws AppError BAD_USER_INPUT when it is no division code */
export const inDivisionPart = (column: string, code: Given): SqlPart[] =>
  code === null || code === undefined ? [] : [{ sql: `${column} LIKE ?`, params: [`${checkedPrefix(code)}%`] }];

function checkedPrefix(code: string): string {
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return divisionPrefix(code);
}
