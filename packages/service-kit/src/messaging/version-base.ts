import { select, write, type Sql } from '../database';

/** Milliseconds for which a process remembers the base; it is raised while the service stands still. */
const GOOD_FOR_MS = 5_000;

/**
 * What is added to the version of each snapshot: 0 until the service was restored. A restored service counts again from
 * where it was then, and what it says would be older than what others heard before; the base makes it newer.
 */
export function createVersionBase(): (sql: Sql) => Promise<number> {
  let known: { readonly base: number; readonly until: number } | undefined;
  return async (sql) => {
    if (known && performance.now() < known.until) return known.base;
    const [row] = await select<{ base: string }>(sql, 'SELECT base FROM version_base WHERE id = 1');
    known = { base: Number(row?.base ?? 0), until: performance.now() + GOOD_FOR_MS };
    return known.base;
  };
}

/**
 * Raises the base above all versions that were ever told. By the clock, in microseconds, because the row itself was restored
 * to an earlier value: nothing is changed a million times a second. A number of JavaScript holds that until the year 2255.
 */
export const raiseVersionBase = (sql: Sql): Promise<number> =>
  write(
    sql,
    `INSERT INTO version_base (id, base) VALUES (1, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)))
     ON DUPLICATE KEY UPDATE base = GREATEST(base + 1000000, VALUES(base))`,
  );
