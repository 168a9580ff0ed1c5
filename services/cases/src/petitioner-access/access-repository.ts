import { randomBytes } from 'node:crypto';
import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { base32, QUERY_CODE_LENGTH } from '../rules/query-codes';

export interface AccessRow {
  readonly petitionId: string;
  readonly caseId: string;
  readonly queryCode: string;
  readonly generation: number;
}
/** Of the secret that a petition begins with; every renewal is a later one. */
export const FIRST_GENERATION = 1;
const COLUMNS = 'a.petition_id AS petitionId, p.case_id AS caseId, a.query_code AS queryCode, a.generation';
const FROM = 'petition_access a JOIN petitions p ON p.id = a.petition_id';

const known = (sql: Sql, petitionIds: readonly string[]): Promise<AccessRow[]> =>
  selectIn<AccessRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.petition_id IN (?)`, petitionIds);

/**
 * Query codes of petitions that the caller has already checked to be visible. A petition gets its code when one is first asked
 * for, so that lists imported before there were codes need no sweep. Of two that ask at once the first one's code stays.
 */
export async function accessOf(sql: Sql, petitionIds: readonly string[]): Promise<AccessRow[]> {
  const rows = await known(sql, petitionIds);
  const have = new Set(rows.map((row) => row.petitionId));
  const missing = petitionIds.filter((id) => !have.has(id));
  if (missing.length === 0) return rows;
  await write(sql, 'INSERT IGNORE INTO petition_access (petition_id, query_code, generation) VALUES ?', [
    missing.map((id) => [id, base32(randomBytes(8), QUERY_CODE_LENGTH), FIRST_GENERATION]),
  ]);
  return known(sql, petitionIds);
}

export const accessByCode = async (sql: Sql, queryCode: string): Promise<AccessRow | undefined> =>
  (await select<AccessRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.query_code = ?`, [queryCode]))[0];

/** The next generation: the secret of the one before is worth nothing from here on. */
export async function raiseGeneration(tx: Sql, petitionId: string): Promise<number> {
  await write(tx, 'UPDATE petition_access SET generation = generation + 1 WHERE petition_id = ?', [petitionId]);
  const [row] = await known(tx, [petitionId]);
  return Number(row?.generation ?? 0);
}

export interface AttemptRow {
  readonly failures: number;
  readonly locks: number;
  readonly isLocked: number;
}

/** The counter of a subject, held until commit: attempts on one code come one after the other, so none slips by uncounted. */
export async function holdAttempts(tx: Sql, subject: Buffer): Promise<AttemptRow> {
  await write(tx, 'INSERT INTO access_attempts (subject, failures, locks, since) VALUES (?, 0, 0, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE failures = failures', [subject]);
  const [row] = await select<AttemptRow>(
    tx, 'SELECT failures, locks, COALESCE(locked_until > UTC_TIMESTAMP(3), 0) AS isLocked FROM access_attempts WHERE subject = ? FOR UPDATE', [subject],
  );
  return row ?? { failures: 0, locks: 0, isLocked: 0 };
}

export const putFailure = (tx: Sql, subject: Buffer, { failures, locks, lockMinutes }: { failures: number; locks: number; lockMinutes: number }): Promise<number> =>
  write(
    tx,
    `UPDATE access_attempts SET failures = ?, locks = ?, since = UTC_TIMESTAMP(3),
       locked_until = IF(? > 0, UTC_TIMESTAMP(3) + INTERVAL ? MINUTE, NULL) WHERE subject = ?`,
    [failures, locks, lockMinutes, lockMinutes, subject],
  );

export const forgetAttempts = (tx: Sql, subject: Buffer): Promise<number> => write(tx, 'DELETE FROM access_attempts WHERE subject = ?', [subject]);

/** Failures of an account in its running hour. */
export const failuresThisHour = async (sql: Sql, subject: Buffer): Promise<number> =>
  Number((await select<{ n: number }>(sql, 'SELECT failures AS n FROM access_attempts WHERE subject = ? AND since > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR', [subject]))[0]?.n ?? 0);

/** One more failure of an account; an hour that is over begins anew. Answers how many there are. */
export async function countFailure(tx: Sql, subject: Buffer): Promise<number> {
  await write(
    tx,
    `INSERT INTO access_attempts (subject, failures, locks, since) VALUES (?, 1, 0, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE
       failures = IF(since > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR, failures + 1, 1), since = IF(since > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR, since, UTC_TIMESTAMP(3))`,
    [subject],
  );
  return failuresThisHour(tx, subject);
}

/** Counters that nobody has added to for a week. */
export const dropOldAttempts = (sql: Sql): Promise<number> =>
  write(sql, 'DELETE FROM access_attempts WHERE since < UTC_TIMESTAMP(3) - INTERVAL 7 DAY AND (locked_until IS NULL OR locked_until < UTC_TIMESTAMP(3)) LIMIT 5000');
