import type { DataSource, EntityManager } from 'typeorm';

/** Deadlock, lock wait, snapshot conflict: the whole work is safe to run again. */
const RETRYABLE = new Set([1213, 1205, 1020]);
const ATTEMPTS = 5;

/** One READ COMMITTED transaction (connection.ts); re-run from the start when the server says that another transaction was in the way. */
export async function inTransaction<T>(db: DataSource, work: (tx: EntityManager) => Promise<T>, attempts = ATTEMPTS): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt >= attempts || !RETRYABLE.has(sqlErrno(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt * attempt));
    }
  }
}

/** The server ended a statement that took too long. */
const STATEMENT_LIMIT = 1969;

/** Somebody else was in the way, or the statement took too long: under less load, or once a lock is gone, the same work may do. */
export const isTooSlow = (error: unknown): boolean => RETRYABLE.has(sqlErrno(error)) || sqlErrno(error) === STATEMENT_LIMIT;

export const sqlErrno = (error: unknown): number => Number((error as { errno?: unknown } | null)?.errno ?? 0);

export const isDuplicate = (error: unknown): boolean => sqlErrno(error) === 1062;

const OUTAGES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ERR_STREAM_DESTROYED']);

/** What `@@GLOBAL.read_only` says when the server takes writes; newer versions say it in words. */
export const takesWrites = (readOnly: unknown): boolean => ['0', 'OFF'].includes(String(readOnly));

/** Somebody ended the connection, as a fence does. */
const KILLED = 1927;

/** Forbidden by an option, in a read-only transaction, by read-only mode. */
const READ_ONLY = new Set([1290, 1792, 1836]);

/** The server refuses to write: it is a replica, or the old writer after its place was taken. */
export const isReadOnlyServer = (error: unknown): boolean =>
  READ_ONLY.has(sqlErrno(error)) && /read.only/i.test(String((error as { message?: unknown }).message));

/** The database did not answer, or its writer is elsewhere, as opposed to answering "no". */
export const isDatabaseOutage = (error: unknown): boolean => {
  if (isReadOnlyServer(error) || sqlErrno(error) === KILLED) return true;
  const fault = error as { code?: unknown; name?: unknown; message?: unknown } | null;
  return OUTAGES.has(String(fault?.code)) || (fault?.name === 'CannotExecuteNotConnectedError') || /closed state|Pool is closed/.test(String(fault?.message));
};

/** Table full, disk full, a file or the binary log that could not be written. */
const FULL = new Set([1114, 1021, 1026, 3, 28]);

/** There is no room for the change: nothing of it was kept, and it can be repeated when there is. */
export const isStorageFull = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code;
  return FULL.has(sqlErrno(error)) || code === 'ENOSPC' || code === 'EDQUOT';
};
