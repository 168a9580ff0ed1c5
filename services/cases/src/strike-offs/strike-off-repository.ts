import { hasRole, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { withId } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';

export interface StrikeOffRow {
  readonly id: string;
  readonly entryId: string;
  readonly state: 'REQUESTED' | 'APPROVED' | 'REFUSED' | 'LAPSED' | 'UNDONE';
  readonly ground: 'SETTLED' | 'QUICK';
  readonly reason: string;
  readonly requestedOn: string;
  readonly requestedBy: string;
  readonly decidedOn: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
  readonly undoneOn: string | null;
  readonly undoGround: 'RELAPSE' | 'MISTAKE' | null;
  readonly undoReason: string | null;
  readonly version: string;
}
const COLUMNS = `s.id, s.entry_id AS entryId, s.state, s.ground, s.reason, s.requested_on AS requestedOn, s.requested_by AS requestedBy, s.decided_on AS decidedOn,
  s.decided_by AS decidedBy, s.decision_reason AS decisionReason, s.undone_on AS undoneOn, s.undo_ground AS undoGround, s.undo_reason AS undoReason, s.version`;
const FROM = 'strike_offs s JOIN ledger_entries l ON l.id = s.entry_id JOIN cases c ON c.id = l.case_id';

/** A request is visible with its case. */
export function strikeOffsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<StrikeOffRow[]> {
  const seen = seenCases(viewer);
  return selectIn<StrikeOffRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Requests about entries that the caller has already checked to be visible. */
export const strikeOffPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<StrikeOffRow>[]> =>
  listConnectionsByParent<StrikeOffRow>(
    sql,
    { columns: COLUMNS, from: 'strike_offs s', where: { sql: 'TRUE', params: [] }, sort: [{ column: 's.requested_on', descending: true }, { column: 's.active_entry_id IS NULL' }, { column: 's.id' }], parent: 's.entry_id' },
    page,
  );

/** What waits for a second person in campaigns of the viewer's divisions; nothing for who decides nothing. */
export function strikeOffsToDecide(sql: Sql, viewer: Viewer, { campaignId, page }: { campaignId: string | null | undefined; page: PageArgs }): Promise<Connection<StrikeOffRow>> {
  const seen = seenCases(viewer);
  const mayDecide = hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode !== null;
  const parts: SqlPart[] = [
    { sql: "s.state = 'REQUESTED'", params: [] }, { sql: `(${seen.sql})`, params: seen.params },
    mayDecide ? { sql: 'g.division_code LIKE ?', params: [`${divisionPrefix(viewer.divisionCode ?? '')}%`] } : { sql: 'FALSE', params: [] },
    ...withId('l.campaign_id = ?', campaignId),
  ];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<StrikeOffRow>(sql, { columns: COLUMNS, from: `${FROM} JOIN campaigns g ON g.id = l.campaign_id`, where, sort: [{ column: 's.requested_on' }, { column: 's.id' }] }, page);
}

/** The request or strike-off in force of an entry, locked until commit. */
export const lockActiveStrikeOff = async (tx: Sql, entryId: string): Promise<StrikeOffRow | undefined> =>
  (await selectIn<StrikeOffRow>(tx, `SELECT ${COLUMNS} FROM strike_offs s WHERE s.active_entry_id IN (?) FOR UPDATE`, [entryId]))[0];
