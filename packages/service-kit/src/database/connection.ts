import 'reflect-metadata';
import { DataSource, type EntitySchema, type Logger, type MixedList } from 'typeorm';
import { parseDatabaseUrl } from './address';
import type { Migration } from './migration';
import { createMoveWatch, type PooledConnection } from './moved-writer';

export interface DatabaseOptions {
  readonly url: string;
  /** The schema, named as the service. */
  readonly schema: string;
  readonly tables: readonly EntitySchema<never>[];
  readonly migrations: readonly Migration[];
  readonly poolSize?: number;
  /** Seconds a statement may run before the server ends it; 0 for migrations, which may rebuild a large table. */
  readonly statementLimitS?: number;
}

const STATEMENT_LIMIT_S = 5;

/** A TypeORM data source with the settings that were measured to be safe (docs/adr/0010). Call `initialize()` before use. */
export function createDatabase({ url, schema, tables, migrations, poolSize = 10 }: DatabaseOptions, logger?: Logger): DataSource {
  const { user, ...address } = parseDatabaseUrl(url);
  return new DataSource({
    type: 'mariadb',
    ...address,
    username: user,
    database: schema,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    // FOUND_ROWS would report a duplicate as a new row; affectedRows must mean "changed".
    flags: ['-FOUND_ROWS'],
    poolSize,
    entities: tables as unknown as MixedList<EntitySchema>,
    migrations: migrations as never,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    logging: false,
    ...(logger ? { logger } : {}),
  });
}

/** Opens the pool, gives each connection its session settings, and follows the writer when it moves. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const { logger, follow } = createMoveWatch();
  const db = createDatabase(options, logger);
  await db.initialize();
  const pool = (db.driver as unknown as { pool: { on(event: 'connection', listener: (c: PooledConnection) => void): void } }).pool;
  const settings = sessionSettings(options.statementLimitS ?? STATEMENT_LIMIT_S);
  pool.on('connection', (connection) => {
    follow(connection);
    connection.query(settings);
  });
  // the one connection that initialize() made came before the listener
  const runner = db.createQueryRunner();
  follow((await runner.connect()) as PooledConnection);
  await runner.query(settings);
  await runner.release();
  return db;
}

/** READ COMMITTED for the session: asked for with each transaction it would be one statement more in all of them. */
const sessionSettings = (limitS: number): string =>
  `SET SESSION max_statement_time=${limitS}, innodb_lock_wait_timeout=5, time_zone='+00:00', tx_isolation='READ-COMMITTED'`;
