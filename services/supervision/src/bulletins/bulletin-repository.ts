import type { SqlPredicate, Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { chunksOf } from '@anjie/service-kit/runtime';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { placeOfUnit } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { BulletinFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { anyOf, bothOf, ofPlace, overseen } from '../oversight';
import type { BulletinState } from '../rules/bulletin-lifecycle';
import type { FigureCode } from '../rules/report-figures';
import { cellKey, type Cell, type ReportRow } from '../rules/report-rows';

export interface BulletinRow {
  readonly id: string;
  readonly kindCode: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly issuerUnitId: string;
  readonly issuerDivisionCode: string;
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly state: BulletinState;
  readonly numberYear: number | null;
  readonly serial: number | null;
  readonly draftedById: string;
  readonly draftedOn: string;
  readonly publishedById: string | null;
  readonly publishedOn: string | null;
  readonly withdrawnById: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawalReason: string | null;
  readonly hash: string | null;
  readonly version: number;
}

const COLUMNS = `b.id, b.kind AS kindCode, b.division_code AS divisionCode, b.campaign_id AS campaignId, b.issuer_unit_id AS issuerUnitId, b.period_from AS \`from\`,
  b.period_to AS \`to\`, b.as_of AS asOf, b.state, b.number_year AS numberYear, b.serial, b.drafted_by AS draftedById, b.drafted_on AS draftedOn,
  b.published_by AS publishedById, b.published_on AS publishedOn, b.withdrawn_by AS withdrawnById, b.withdrawn_on AS withdrawnOn,
  b.withdrawal_reason AS withdrawalReason, b.hash, b.version,
  ${placeOfUnit('b.issuer_unit_id', 'b.division_code')} AS issuerDivisionCode`;

/** Joint offices for their divisions; what was published, whoever works in a unit of the place. */
const seesBulletin = (viewer: Viewer): SqlPredicate =>
  anyOf([overseen(viewer, 'b.division_code'), bothOf({ sql: 'b.published_on IS NOT NULL', params: [] }, ofPlace(viewer, 'b.division_prefix'))]);

export const visibleBulletins = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<BulletinRow[]> => {
  const seen = seesBulletin(viewer);
  return selectIn<BulletinRow>(sql, `SELECT ${COLUMNS} FROM bulletins b WHERE b.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

const NEWEST_FIRST = [{ column: 'b.period_from', descending: true }, { column: 'b.id' }] as const;

function inPlace(code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [{ sql: 'b.division_code LIKE ?', params: [`${divisionPrefix(code)}%`] }];
}

export const bulletinList = (viewer: Viewer, filter: BulletinFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'bulletins b',
  where: allOf([
    seesBulletin(viewer), ...inPlace(filter?.divisionCode), ...byId('b.campaign_id', filter?.campaignId),
    ...(filter?.kinds && filter.kinds.length > 0 ? [{ sql: 'b.kind IN (?)', params: [filter.kinds] }] : []),
    ...(filter?.state ? [{ sql: 'b.state = ?', params: [filter.state] }] : []),
  ]),
  sort: NEWEST_FIRST,
});

export type BulletinParentKind = 'unit' | 'division' | 'campaign';

export function bulletinsUnder(viewer: Viewer, kind: BulletinParentKind): ParentList {
  const all = bulletinList(viewer, null);
  if (kind === 'division') return { ...all, parent: 'b.division_code' };
  if (kind === 'campaign') return { ...all, parent: 'b.campaign_id' };
  return {
    ...all, from: 'bulletins b JOIN bulletin_rows br ON br.bulletin_id = b.id', parent: 'br.unit_id',
    where: bothOf(all.where, { sql: "b.state = 'PUBLISHED'", params: [] }),
  };
}

export interface StoredCell extends Cell {
  readonly bulletinId: string;
  readonly isHidden: number;
}
export interface StoredLine extends ReportRow {
  readonly id: string;
  readonly bulletinId: string;
}

const LINE_COLUMNS = `CONCAT(l.bulletin_id, '.', l.ordinal) AS id, l.bulletin_id AS bulletinId, l.ordinal, l.last_ordinal AS lastOrdinal, l.division_code AS divisionCode,
  l.unit_id AS unitId, l.unit_code AS unitCode, l.name`;

/** The viewer sees the bulletin: this is asked below it only. */
export const linesUnderBulletin: ParentList = { columns: LINE_COLUMNS, from: 'bulletin_rows l', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'l.ordinal' }], parent: 'l.bulletin_id' };

export const linesOf = (sql: Sql, bulletinIds: readonly string[]): Promise<StoredLine[]> =>
  selectIn<StoredLine>(sql, `SELECT ${LINE_COLUMNS} FROM bulletin_rows l WHERE l.bulletin_id IN (?) ORDER BY l.bulletin_id, l.ordinal`, bulletinIds);

export const cellsOf = (sql: Sql, bulletinIds: readonly string[]): Promise<StoredCell[]> =>
  selectIn<StoredCell>(
    sql, 'SELECT bulletin_id AS bulletinId, ordinal, figure, value, base, is_hidden AS isHidden FROM bulletin_values WHERE bulletin_id IN (?)', bulletinIds,
  );

export interface NoteRow {
  readonly id: string;
  readonly bulletinId: string;
  readonly section: string | null;
  readonly text: string;
  readonly writtenById: string;
  readonly writtenOn: string;
}

export const notesOf = (sql: Sql, bulletinIds: readonly string[]): Promise<NoteRow[]> =>
  selectIn<NoteRow>(
    sql,
    `SELECT id, bulletin_id AS bulletinId, section, words AS text, written_by AS writtenById, written_on AS writtenOn FROM bulletin_notes
      WHERE bulletin_id IN (?) ORDER BY bulletin_id, written_at, id`,
    bulletinIds,
  );

export const isLiveKey = async (tx: Sql, liveKey: string): Promise<boolean> => (await select(tx, 'SELECT 1 FROM bulletins WHERE live_key = ?', [liveKey])).length > 0;

export interface BulletinContent {
  readonly rows: readonly ReportRow[];
  readonly cells: readonly Cell[];
  readonly hidden: ReadonlySet<string>;
  readonly marks: readonly { readonly figure: FigureCode; readonly ordinal: number; readonly caseId: string }[];
}

const CHUNK = 2_000;

export async function putContent(tx: Sql, bulletinId: string, { rows, cells, hidden, marks }: BulletinContent): Promise<void> {
  const lines = rows.map((row) => ({
    bulletin_id: bulletinId, ordinal: row.ordinal, last_ordinal: row.lastOrdinal, division_code: row.divisionCode, unit_id: row.unitId, unit_code: row.unitCode, name: row.name,
  }));
  const values = cells.map((cell) => ({
    bulletin_id: bulletinId, ordinal: cell.ordinal, figure: cell.figure, value: cell.value, base: cell.base, is_hidden: hidden.has(cellKey(cell.ordinal, cell.figure)),
  }));
  const cases = marks.map((mark) => ({ bulletin_id: bulletinId, figure: mark.figure, ordinal: mark.ordinal, case_id: mark.caseId }));
  for (const chunk of chunksOf(lines, CHUNK)) await insertRows(tx, 'bulletin_rows', chunk);
  for (const chunk of chunksOf(values, CHUNK)) await insertRows(tx, 'bulletin_values', chunk);
  for (const chunk of chunksOf(cases, CHUNK)) await insertRows(tx, 'bulletin_marks', chunk);
}

/** Next number of the kind's year in the division. The counter row is held until commit, and a rollback gives the number back. */
export async function nextNumber(tx: Sql, { kindCode, divisionCode }: Pick<BulletinRow, 'kindCode' | 'divisionCode'>, year: number): Promise<number> {
  const key = [kindCode, divisionCode, year];
  await write(tx, 'INSERT INTO bulletin_counters (kind, division_code, number_year, last_serial) VALUES (?, ?, ?, 1) ON DUPLICATE KEY UPDATE last_serial = last_serial + 1', key);
  const [row] = await select<{ serial: number }>(tx, 'SELECT last_serial AS serial FROM bulletin_counters WHERE kind = ? AND division_code = ? AND number_year = ?', key);
  if (!row) throw new Error('bulletin_counters has no row after an insert');
  return row.serial;
}

/** The published text in both languages, as it was hashed. */
export const documentsOf = async (sql: Sql, bulletinId: string): Promise<string | null> =>
  (await select<{ documents: string | null }>(sql, 'SELECT documents FROM bulletins WHERE id = ?', [bulletinId]))[0]?.documents ?? null;
