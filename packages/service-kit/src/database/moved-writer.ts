import type { Logger } from 'typeorm';
import { isReadOnlyServer } from './transaction';

/** What is used of a connection of mysql2. */
export interface PooledConnection {
  readonly stream: { destroy(): void };
  once(event: 'end' | 'error', listener: () => void): unknown;
  emit(event: 'end'): unknown;
  query(sql: string): unknown;
}

/** A server that stays read-only would otherwise cost everybody's connection at each attempt to write. */
const AT_MOST_EVERY_MS = 2_000;

/**
 * After the writer moved, a pool may still be connected to the old one, which now refuses to write and answers with old
 * facts. At the first refusal all connections are dropped; the next ones reach whoever has the address now.
 */
export function createMoveWatch(): { readonly logger: Logger; follow(connection: PooledConnection): void } {
  const open = new Set<PooledConnection>();
  let leftAt = -Infinity;
  const leave = (): void => {
    if (performance.now() - leftAt < AT_MOST_EVERY_MS) return;
    leftAt = performance.now();
    for (const connection of open) {
      // to the pool it has ended at once; who waits for an answer over it learns that it was lost
      connection.emit('end');
      connection.stream.destroy();
    }
  };
  const nothing = (): void => undefined;
  return {
    logger: {
      logQueryError: (error) => void (isReadOnlyServer(error) && leave()),
      logQuery: nothing, logQuerySlow: nothing, logSchemaBuild: nothing, logMigration: nothing, log: nothing,
    },
    follow(connection) {
      open.add(connection);
      for (const event of ['end', 'error'] as const) connection.once(event, () => open.delete(connection));
    },
  };
}
