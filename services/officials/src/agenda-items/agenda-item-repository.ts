import { besideCase, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seesUnitRows } from '../activities/activity-sight';
import type { AgendaOutcome, AgendaPaper } from '../generated/graphql';

export interface AgendaItemRow {
  readonly id: string;
  readonly bodyUnitId: string;
  readonly divisionCode: string;
  readonly paper: AgendaPaper;
  readonly subject: string;
  readonly on: string;
  readonly outcome: AgendaOutcome;
  readonly decision: string | null;
  readonly decidedOn: string | null;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly version: number;
}

const COLUMNS = `g.id, g.body_unit_id AS bodyUnitId, g.division_code AS divisionCode, g.paper, g.subject, g.on_date AS \`on\`, g.outcome, g.decision, g.decided_on AS decidedOn,
  g.case_id AS caseId, g.campaign_id AS campaignId, g.version`;
const FROM = 'agenda_items g LEFT JOIN case_scopes s ON s.case_id = g.case_id';
const typed = (rows: readonly AgendaItemRow[]): AgendaItemRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/** Its body or division has it, or its case is visible; an exclusion from the case and its seal win. */
function seesAgendaItem(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const office = seesUnitRows(viewer, { unitId: 'g.body_unit_id', divisionCode: 'g.division_code' });
  const cases = visibleCases(viewer, scopeColumns('s'));
  const beside = besideCase(viewer, scopeColumns('s'));
  return {
    sql: `((g.case_id IS NOT NULL AND (${cases.sql})) OR (${office.sql} AND (g.case_id IS NULL OR (${beside.sql}))))`,
    params: [...cases.params, ...office.params, ...beside.params],
  };
}

export const agendaItemsByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AgendaItemRow[]> => {
  const seen = seesAgendaItem(viewer);
  return typed(await selectIn<AgendaItemRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE g.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

const PARENTS = { CASE: 'g.case_id', UNIT: 'g.body_unit_id', CAMPAIGN: 'g.campaign_id' } as const;
export const agendaItemsUnder = (sql: Sql, viewer: Viewer, { by, parents, args }: { by: keyof typeof PARENTS; parents: readonly string[]; args: PageArgs }): Promise<Connection<AgendaItemRow>[]> =>
  listConnectionsByParent<AgendaItemRow>(
    sql, { columns: COLUMNS, from: FROM, where: seesAgendaItem(viewer), sort: [{ column: 'g.on_date', descending: true }, { column: 'g.id' }], parent: PARENTS[by] }, { parents, args },
  );

export const insertAgendaItem = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'agenda_items', [row]);
export const saveAgendaItem = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'agenda_items', change);
