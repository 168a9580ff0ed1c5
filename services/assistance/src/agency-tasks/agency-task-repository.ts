import { besideCase, inOwnUnits, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import type { AgencyLevel, AgencyState } from '@anjie/contracts';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { AgencyEndReason, AgencyTaskFilter } from '../generated/graphql';

export interface AgencyTaskRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly level: AgencyLevel;
  readonly unitId: string;
  readonly agentOfficialId: string | null;
  readonly state: AgencyState;
  readonly stateSince: string;
  readonly offeredOn: string;
  readonly authorityDocumentId: string | null;
  readonly authorityScope: string | null;
  readonly authorityUntil: string | null;
  readonly finishBy: string | null;
  readonly doneOn: string | null;
  readonly outcome: string | null;
  readonly endReason: AgencyEndReason | null;
  readonly flagCode: string | null;
  readonly version: number;
}

const COLUMNS = `g.id, g.case_id AS caseId, g.kind, g.level, g.unit_id AS unitId, g.agent_official_id AS agentOfficialId, g.state, g.state_since AS stateSince,
  g.offered_on AS offeredOn, g.authority_document_id AS authorityDocumentId, g.authority_scope AS authorityScope, g.authority_until AS authorityUntil,
  g.finish_by AS finishBy, g.done_on AS doneOn, g.outcome, g.end_reason AS endReason, g.flag_code AS flagCode, g.version`;
const FROM = 'agency_tasks g JOIN case_scopes s ON s.case_id = g.case_id';
const NEWEST_FIRST = [{ column: 'g.offered_on', descending: true }, { column: 'g.id' }];

/** Whoever may see the case, the agent's unit, and the agent. */
function visibleTasks(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const seen = visibleCases(viewer, scopeColumns('s'));
  const own = inOwnUnits(viewer, 'g.unit_id');
  const deny = besideCase(viewer, scopeColumns('s'));
  return { sql: `((${seen.sql}) OR (${own.sql}) OR g.agent_official_id = ?) AND ${deny.sql}`, params: [...seen.params, ...own.params, viewer.subject, ...deny.params] };
}

export function visibleAgencyTasksByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AgencyTaskRow[]> {
  const seen = visibleTasks(viewer);
  return selectIn<AgencyTaskRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE g.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface AgencyListArgs extends PageArgs {
  readonly filter?: AgencyTaskFilter | null | undefined;
}

const filtered = (viewer: Viewer, filter: AgencyTaskFilter | null | undefined): SqlPart => {
  const wanted = ([['g.case_id', filter?.caseId], ['g.unit_id', filter?.unitId], ['g.state', filter?.state], ['g.level', filter?.level]] as const).filter(([, value]) => value != null);
  const seen = visibleTasks(viewer);
  const kinds = filter?.kinds?.length ? [filter.kinds] : [];
  return {
    sql: [`(${seen.sql})`, ...wanted.map(([column]) => `${column} = ?`), ...kinds.map(() => 'g.kind IN (?)')].join(' AND '),
    params: [...seen.params, ...wanted.map(([, value]) => value), ...kinds],
  };
};

export const listAgencyTasks = (sql: Sql, viewer: Viewer, args: AgencyListArgs): Promise<Connection<AgencyTaskRow>> =>
  listConnection<AgencyTaskRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(viewer, args.filter), sort: NEWEST_FIRST }, args);

export const agencyTasksUnder = (sql: Sql, viewer: Viewer, parent: 'g.case_id' | 'g.unit_id') => (parents: readonly string[], args: AgencyListArgs): Promise<Connection<AgencyTaskRow>[]> =>
  listConnectionsByParent<AgencyTaskRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(viewer, args.filter), sort: NEWEST_FIRST, parent }, { parents, args });

export const lockAgencyTask = async (tx: Sql, id: string): Promise<AgencyTaskRow | undefined> =>
  (await select<AgencyTaskRow>(tx, `SELECT ${COLUMNS} FROM agency_tasks g WHERE g.id = ? FOR UPDATE`, [id]))[0];

/** Tasks whose authority is over, which nobody ended. */
export const outlivedTasks = (sql: Sql, today: string, limit: number): Promise<{ id: string; caseId: string }[]> =>
  select(sql, `SELECT id, case_id AS caseId FROM agency_tasks WHERE authority_until < ? AND state IN ('AUTHORISED', 'UNDER_WAY') ORDER BY authority_until, id LIMIT ?`, [today, limit]);

export const addAgencyTask = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'agency_tasks', [row]);

export const saveAgencyTask = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'agency_tasks', change);
