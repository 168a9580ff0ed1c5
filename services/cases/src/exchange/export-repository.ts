import type { Viewer } from '@anjie/access';
import { newId, select, write, type Actor, type Sql } from '@anjie/service-kit/database';
import { holdReader } from '../readings/reader-repository';
import type { ExportFilter } from './export-rows';

export type IdentityMode = 'MASKED' | 'FULL';

export interface ExportView {
  readonly id: string;
  readonly state: 'QUEUED' | 'WRITING' | 'READY' | 'FAILED';
  readonly identity: IdentityMode;
  readonly reason: string;
  readonly rowsTotal: number;
  readonly rowsWritten: number;
  readonly textsShortened: number;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly fileId: string | null;
  /** Who asked, as they were then. */
  readonly requestedBy: Viewer;
}

/** An export belongs to who asked for it; for everybody else it does not exist. */
export async function exportView(sql: Sql, viewer: Viewer, id: string): Promise<ExportView | undefined> {
  const [row] = await select<Omit<ExportView, 'requestedBy'> & { requestedBy: string }>(
    sql,
    `SELECT id, state, identity_mode AS identity, reason, rows_total AS rowsTotal, rows_written AS rowsWritten, texts_shortened AS textsShortened,
            created_at AS requestedAt, finished_at AS finishedAt, file_id AS fileId, requested_by AS requestedBy FROM exchange_exports WHERE id = ? AND requester = ?`,
    [id, viewer.subject],
  );
  return row && { ...row, requestedBy: JSON.parse(row.requestedBy) as Viewer };
}

export interface NewExport {
  readonly filter: ExportFilter;
  readonly identity: IdentityMode;
  readonly reason: string;
  readonly rowsTotal: number;
}

export async function insertExport(tx: Sql, { filter, identity, reason, rowsTotal }: NewExport, { viewer, requestId }: Actor): Promise<string> {
  const id = newId();
  await write(
    tx,
    `INSERT INTO exchange_exports (id, state, identity_mode, filter_json, reason, requester, requested_by, request_id, rows_total, rows_written, texts_shortened, attempts, created_at)
     VALUES (?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, UTC_TIMESTAMP(3))`,
    [id, identity, JSON.stringify(filter), reason, viewer.subject, JSON.stringify(viewer), requestId, rowsTotal],
  );
  return id;
}

/** The asker held, as with every quota: two at the same moment cannot both be the last one allowed. */
export async function fullExportsOfLastHour(tx: Sql, { subject }: Viewer): Promise<number> {
  await holdReader(tx, subject);
  const [row] = await select<{ n: string }>(
    tx, "SELECT COUNT(*) AS n FROM exchange_exports WHERE requester = ? AND identity_mode = 'FULL' AND created_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR", [subject],
  );
  return Number(row?.n ?? 0);
}

export interface ClaimedExport extends NewExport {
  readonly id: string;
  readonly actor: Actor;
  readonly claim: string;
  readonly attempts: number;
}

const IS_DUE = "(state = 'QUEUED' OR (state = 'WRITING' AND lease_until < UTC_TIMESTAMP(3)))";
const LEASE = 'UTC_TIMESTAMP(3) + INTERVAL 60 SECOND';

/** The oldest export that waits, or whose worker fell silent. */
export async function claimExport(tx: Sql): Promise<ClaimedExport | undefined> {
  const [row] = await select<{ id: string; identity: IdentityMode; filter: string; reason: string; rowsTotal: number; requestedBy: string; requestId: string; attempts: number }>(
    tx,
    `SELECT id, identity_mode AS identity, filter_json AS filter, reason, rows_total AS rowsTotal, requested_by AS requestedBy, request_id AS requestId, attempts
       FROM exchange_exports WHERE ${IS_DUE} ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  if (!row) return undefined;
  const claim = newId();
  await write(
    tx, `UPDATE exchange_exports SET state = 'WRITING', claim_token = ?, lease_until = ${LEASE}, attempts = attempts + 1, rows_written = 0, texts_shortened = 0 WHERE id = ?`, [claim, row.id],
  );
  return {
    id: row.id, identity: row.identity, filter: JSON.parse(row.filter) as ExportFilter, reason: row.reason, rowsTotal: Number(row.rowsTotal), claim,
    actor: { viewer: JSON.parse(row.requestedBy) as Viewer, requestId: row.requestId }, attempts: Number(row.attempts) + 1,
  };
}

/** False when another worker has it now. */
export const tellProgress = async (sql: Sql, { id, claim }: ClaimedExport, { written, shortened }: { written: number; shortened: number }): Promise<boolean> =>
  (await write(
    sql, `UPDATE exchange_exports SET rows_written = ?, texts_shortened = ?, lease_until = ${LEASE} WHERE id = ? AND claim_token = ?`, [written, shortened, id, claim],
  )) === 1;

export const finishExport = async (tx: Sql, { id, claim }: ClaimedExport, fileId: string | null): Promise<boolean> =>
  (await write(
    tx, `UPDATE exchange_exports SET state = ?, file_id = ?, finished_at = UTC_TIMESTAMP(3), claim_token = NULL, lease_until = NULL WHERE id = ? AND claim_token = ?`,
    [fileId ? 'READY' : 'FAILED', fileId, id, claim],
  )) === 1;

/** Who took it, in words for the watermark. */
export const exporterName = async (sql: Sql, viewer: Viewer): Promise<string> =>
  (await select<{ name: string }>(sql, "SELECT CONCAT(name, '（', staff_no, '）') AS name FROM known_officials WHERE id = ?", [viewer.subject]))[0]?.name ?? viewer.subject;
