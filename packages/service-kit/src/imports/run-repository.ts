import type { Viewer } from '@anjie/access';
import { newId, select, write, type Sql } from '../database';
import type { ImportRun } from './definition';
import type { BilingualText } from './failure';

/** Seconds that a worker may be silent before another goes on in its place. */
const LEASE_S = 60;

/** A run in the hands of one worker; all its writes are fenced by `claim`. */
export interface ClaimedRun extends ImportRun {
  readonly claim: string;
  readonly definitionVersion: number;
  readonly fileSha256: Buffer;
  readonly lastRow: number;
  readonly attempts: number;
}

/** Another worker has the run now: nothing may be written for it. */
export class ClaimLost extends Error {}

interface ClaimRow {
  readonly id: string;
  readonly kind: string;
  readonly definitionVersion: number;
  readonly fileId: string;
  readonly fileSha256: Buffer;
  readonly parameters: string;
  readonly isDryRun: number;
  readonly requestedBy: string;
  readonly requestId: string;
  readonly lastRow: number;
  readonly attempts: number;
}

const IS_DUE = "(state = 'QUEUED' OR (state IN ('CHECKING', 'COMMITTING') AND lease_until < UTC_TIMESTAMP(3)))";

/** The oldest run that waits, or whose worker fell silent. */
export async function claimRun(tx: Sql): Promise<ClaimedRun | undefined> {
  // looked up without locks first: a locking sort would hold all waiting runs, and another worker would find none
  const due = await select<{ id: string }>(tx, `SELECT id FROM import_runs WHERE ${IS_DUE} ORDER BY created_at LIMIT 20`);
  for (const { id } of due) {
    const run = await claimOne(tx, id);
    if (run) return run;
  }
  return undefined;
}

async function claimOne(tx: Sql, id: string): Promise<ClaimedRun | undefined> {
  const [row] = await select<ClaimRow>(
    tx,
    `SELECT id, kind, definition_version AS definitionVersion, file_id AS fileId, file_sha256 AS fileSha256, parameters, is_dry_run AS isDryRun,
            requested_by AS requestedBy, request_id AS requestId, last_row AS lastRow, attempts
       FROM import_runs WHERE id = ? AND ${IS_DUE} FOR UPDATE SKIP LOCKED`,
    [id],
  );
  if (!row) return undefined;
  const claim = newId();
  await write(
    tx,
    `UPDATE import_runs SET state = IF(is_dry_run, 'CHECKING', 'COMMITTING'), claim_token = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND,
            attempts = attempts + 1, started_at = COALESCE(started_at, UTC_TIMESTAMP(3)), version = version + 1 WHERE id = ?`,
    [claim, row.id],
  );
  return {
    id: row.id, kind: row.kind, definitionVersion: row.definitionVersion, fileId: row.fileId, fileSha256: row.fileSha256,
    parameters: JSON.parse(row.parameters) as Record<string, unknown>, isDryRun: row.isDryRun === 1,
    actor: { viewer: JSON.parse(row.requestedBy) as Viewer, requestId: row.requestId },
    claim, lastRow: row.lastRow, attempts: row.attempts + 1,
  };
}

/** Takes the run's row for this transaction. @throws ClaimLost */
export async function holdRun(tx: Sql, run: ClaimedRun): Promise<void> {
  const held = await select(tx, 'SELECT id FROM import_runs WHERE id = ? AND claim_token = ? FOR UPDATE', [run.id, run.claim]);
  if (held.length === 0) throw new ClaimLost();
}

export interface Progress {
  readonly read: number;
  readonly valid: number;
  readonly faulty: number;
  readonly duplicate: number;
  readonly committed: number;
  readonly repeated: number;
  readonly lastRow: number;
}

/** Adds a chunk's counts, moves the resume point, renews the lease. A chunk that went through ends a row of failed attempts. */
export const addProgress = (tx: Sql, run: ClaimedRun, p: Progress): Promise<number> =>
  write(
    tx,
    `UPDATE import_runs SET rows_read = rows_read + ?, rows_valid = rows_valid + ?, rows_faulty = rows_faulty + ?, rows_duplicate = rows_duplicate + ?,
            rows_committed = rows_committed + ?, rows_repeated = rows_repeated + ?, last_row = ?, attempts = 0,
            lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND, version = version + 1 WHERE id = ?`,
    [p.read, p.valid, p.faulty, p.duplicate, p.committed, p.repeated, p.lastRow, run.id],
  );

/** @throws ClaimLost */
export async function renewLease(sql: Sql, run: ClaimedRun): Promise<void> {
  const renewed = await write(
    sql, `UPDATE import_runs SET lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND, version = version + 1 WHERE id = ? AND claim_token = ?`, [run.id, run.claim],
  );
  if (renewed === 0) throw new ClaimLost();
}

export const finishRun = (tx: Sql, run: ClaimedRun, errorFileId: string | null): Promise<number> =>
  write(
    tx,
    `UPDATE import_runs SET state = IF(is_dry_run, 'CHECKED', 'COMMITTED'), rows_total = rows_read, error_file_id = ?, finished_at = UTC_TIMESTAMP(3),
            claim_token = NULL, lease_until = NULL, version = version + 1 WHERE id = ?`,
    [errorFileId, run.id],
  );

export const failRun = (tx: Sql, run: ClaimedRun, failure: { code: string; text: BilingualText }): Promise<number> =>
  write(
    tx,
    `UPDATE import_runs SET state = 'FAILED', failure_code = ?, failure_text = ?, finished_at = UTC_TIMESTAMP(3), claim_token = NULL, lease_until = NULL,
            version = version + 1 WHERE id = ?`,
    [failure.code, JSON.stringify(failure.text), run.id],
  );

/** Gives the run back, to be taken up again from its last chunk after `seconds`. */
export const releaseRun = (sql: Sql, run: ClaimedRun, seconds: number): Promise<number> =>
  write(
    sql, 'UPDATE import_runs SET claim_token = NULL, lease_until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND, version = version + 1 WHERE id = ? AND claim_token = ?',
    [seconds, run.id, run.claim],
  );
