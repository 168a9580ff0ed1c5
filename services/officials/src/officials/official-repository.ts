import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { TODAY } from '../directory/business-day';

export interface OfficialRow {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly validTo: string | null;
  /** Tokens of before this moment are not good any more. */
  readonly sessionsValidAfter: Date | null;
  readonly version: number;
}

const COLUMNS = 'o.id, o.staff_no AS staffNo, o.name, o.valid_to AS validTo, o.sessions_valid_after AS sessionsValidAfter, o.version';
const BY_STAFF_NO = [{ column: 'o.staff_no' }];
const typed = (rows: readonly OfficialRow[]): OfficialRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

export const officialsByIds = async (sql: Sql, ids: readonly string[]): Promise<OfficialRow[]> =>
  typed(await selectIn<OfficialRow>(sql, `SELECT ${COLUMNS} FROM officials o WHERE o.id IN (?)`, ids));

export const officialsByStaffNos = async (sql: Sql, staffNos: readonly string[]): Promise<OfficialRow[]> =>
  typed(await selectIn<OfficialRow>(sql, `SELECT ${COLUMNS} FROM officials o WHERE o.staff_no IN (?)`, staffNos));

/** A post that is held on the business day; `p` is the post. */
export const HELD_TODAY = `p.started_on <= ${TODAY} AND (p.ended_on IS NULL OR p.ended_on > ${TODAY})`;

export interface OfficialFilter {
  readonly unitId?: string | null | undefined;
  readonly search?: string | null | undefined;
}

export function listOfficials(sql: Sql, { unitId, search }: OfficialFilter, args: PageArgs): Promise<Connection<OfficialRow>> {
  const parts = [
    ...(unitId != null ? [{ sql: `o.id IN (SELECT p.official_id FROM posts p WHERE p.unit_id = ? AND ${HELD_TODAY})`, params: [unitId] }] : []),
    ...(search != null ? [{ sql: "(? <> '' AND (LOCATE(?, o.name) > 0 OR o.staff_no = ?))", params: [search, search, search] }] : []),
  ];
  const where = { sql: parts.map((part) => part.sql).join(' AND ') || 'TRUE', params: parts.flatMap((part) => part.params) };
  return listConnection<OfficialRow>(sql, { columns: COLUMNS, from: 'officials o', where, sort: BY_STAFF_NO }, args);
}

/** Officials with a post in each unit today; two posts in one unit are one row. */
export const officialsOfUnits = (sql: Sql, parents: readonly string[], args: PageArgs): Promise<Connection<OfficialRow>[]> =>
  listConnectionsByParent<OfficialRow>(sql, {
    columns: COLUMNS,
    from: `(SELECT DISTINCT p.official_id, p.unit_id FROM posts p WHERE ${HELD_TODAY}) h JOIN officials o ON o.id = h.official_id`,
    where: { sql: 'TRUE', params: [] }, sort: BY_STAFF_NO, parent: 'h.unit_id',
  }, { parents, args });

/** Writes the rows as given, version included. */
export async function saveOfficials(tx: Sql, created: readonly OfficialRow[], changed: readonly OfficialRow[]): Promise<void> {
  await insertRows(tx, 'officials', created.map((o) => ({
    id: o.id, staff_no: o.staffNo, name: o.name, valid_to: o.validTo, sessions_valid_after: o.sessionsValidAfter, is_post_told: 1, version: o.version,
  })));
  if (changed.length === 0) return;
  await write(
    tx,
    `INSERT INTO officials (id, staff_no, name, valid_to, sessions_valid_after, is_post_told, version) VALUES ?
     ON DUPLICATE KEY UPDATE name = VALUES(name), valid_to = VALUES(valid_to), sessions_valid_after = VALUES(sessions_valid_after), is_post_told = 1, version = VALUES(version)`,
    [changed.map((o) => [o.id, o.staffNo, o.name, o.validTo, o.sessionsValidAfter, 1, o.version])],
  );
}

/** Officials whose posts nobody was told of, held until commit. */
export const untoldOfficials = async (tx: Sql, limit: number): Promise<OfficialRow[]> =>
  typed(await select<OfficialRow>(tx, `SELECT ${COLUMNS} FROM officials o WHERE o.is_post_told = 0 ORDER BY o.id LIMIT ? FOR UPDATE`, [limit]));

/** The machine's moment, by the database's clock: what tokens are compared with. */
export async function databaseNow(tx: Sql): Promise<Date> {
  const [row] = await select<{ now: Date }>(tx, 'SELECT UTC_TIMESTAMP(3) AS now');
  return row?.now ?? new Date(0);
}
