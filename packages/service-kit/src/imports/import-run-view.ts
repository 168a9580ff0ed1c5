import { hasRole, type Viewer } from '@anjie/access';
import { selectIn, type Sql } from '../database';
import { listConnection, type Connection, type PageArgs, type SqlPart } from '../subgraph';
import type { BilingualText } from './failure';

export type ImportState = 'QUEUED' | 'CHECKING' | 'CHECKED' | 'COMMITTING' | 'COMMITTED' | 'FAILED';

/**
 * How far an import got. A row read is exactly one of: faulty, repeated (another run imported it), a blocking
 * duplicate, or valid; duplicates that are only told count as valid too.
 */
export interface ImportRunView {
  readonly id: string;
  readonly kind: string;
  readonly state: ImportState;
  /** true until the commit is asked for */
  readonly isDryRun: boolean;
  readonly fileId: string;
  readonly requester: string;
  readonly requesterUnitId: string | null;
  /** In whose name the run works: whoever asked for it, as they were then. */
  readonly requestedBy: Viewer;
  /** Known when the check is done. */
  readonly rowsTotal: number | null;
  readonly rowsRead: number;
  readonly rowsValid: number;
  readonly rowsFaulty: number;
  readonly rowsDuplicate: number;
  readonly rowsCommitted: number;
  readonly rowsRepeated: number;
  readonly failureCode: string | null;
  readonly failureText: BilingualText | null;
  readonly errorFileId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly version: number;
}

interface StoredView extends Omit<ImportRunView, 'isDryRun' | 'failureText' | 'requestedBy'> {
  readonly requestedBy: string;
  readonly isDryRun: number;
  readonly failureText: string | null;
}

const COLUMNS = `r.id AS id, r.kind AS kind, r.state AS state, r.is_dry_run AS isDryRun, r.file_id AS fileId, r.requester AS requester,
  r.requester_unit_id AS requesterUnitId, r.requested_by AS requestedBy, r.rows_total AS rowsTotal, r.rows_read AS rowsRead, r.rows_valid AS rowsValid, r.rows_faulty AS rowsFaulty,
  r.rows_duplicate AS rowsDuplicate, r.rows_committed AS rowsCommitted, r.rows_repeated AS rowsRepeated, r.failure_code AS failureCode,
  r.failure_text AS failureText, r.error_file_id AS errorFileId, r.created_at AS createdAt, r.started_at AS startedAt, r.finished_at AS finishedAt,
  r.version AS version`;

const toView = (row: StoredView): ImportRunView => ({
  ...row, requestedBy: JSON.parse(row.requestedBy) as Viewer, isDryRun: row.isDryRun === 1, failureText: row.failureText === null ? null : (JSON.parse(row.failureText) as BilingualText),
});

/** Whoever asked for the import, and who acts for the same unit: no role, no row. */
const visibleTo = (viewer: Viewer): SqlPart => ({
  sql: '(r.requester = ? OR r.requester_unit_id = ?)', params: [viewer.subject, hasRole(viewer, 'JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK') ? viewer.unitId : null],
});

/** For the loader: runs that the viewer may see, in one statement. */
export async function importRunViews(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ImportRunView[]> {
  const seen = visibleTo(viewer);
  const rows = await selectIn<StoredView>(sql, `SELECT ${COLUMNS} FROM import_runs r WHERE r.id IN (?) AND ${seen.sql}`, ids, seen.params);
  return rows.map(toView);
}

export const importRunView = async (sql: Sql, viewer: Viewer, id: string): Promise<ImportRunView | undefined> => (await importRunViews(sql, viewer, [id]))[0];

/** The viewer's imports, newest first. */
export async function importRunConnection(sql: Sql, viewer: Viewer, args: PageArgs & { kinds?: readonly string[] | null }): Promise<Connection<ImportRunView>> {
  const seen = visibleTo(viewer);
  const ofKinds = args.kinds && args.kinds.length > 0 ? { sql: 'r.kind IN (?)', params: [args.kinds] } : { sql: 'TRUE', params: [] };
  const list = await listConnection<StoredView>(
    sql,
    {
      columns: COLUMNS, from: 'import_runs r', where: { sql: `${seen.sql} AND ${ofKinds.sql}`, params: [...seen.params, ...ofKinds.params] },
      sort: [{ column: 'r.created_at', descending: true }, { column: 'r.id' }],
    },
    args,
  );
  const edges = list.edges.map((edge) => ({ cursor: edge.cursor, node: toView(edge.node) }));
  return { ...list, edges, nodes: edges.map((edge) => edge.node) };
}

export interface ImportProblemView {
  readonly id: string;
  readonly rowNumber: number;
  readonly address: string | null;
  readonly header: string | null;
  readonly code: string;
  /** 1: told only; 0: the row is not imported. */
  readonly isNotice: number;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** What is wrong in a run's rows, in their order; of an invisible run, nothing. When it is done, only the first 1,000 rows are kept. */
export function importProblemConnection(sql: Sql, viewer: Viewer, { runId, ...args }: PageArgs & { runId: string }): Promise<Connection<ImportProblemView>> {
  const seen = visibleTo(viewer);
  return listConnection<ImportProblemView>(
    sql,
    {
      columns: `CONCAT(p.run_id, '-', p.\`row_number\`, '-', p.ordinal) AS id, p.\`row_number\` AS rowNumber, p.address AS address, p.header AS header,
        p.code AS code, p.is_notice AS isNotice, p.message_zh AS messageZh, p.message_en AS messageEn`,
      from: 'import_problems p JOIN import_runs r ON r.id = p.run_id',
      where: { sql: `p.run_id = ? AND ${seen.sql}`, params: [runId, ...seen.params] },
      sort: [{ column: 'p.`row_number`' }, { column: 'p.ordinal' }],
    },
    args,
  );
}
