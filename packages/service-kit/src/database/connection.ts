import 'reflect-metadata';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import type { Migration } from './migration';

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
export function createDatabase({ url, schema, tables, migrations, poolSize = 10 }: DatabaseOptions): DataSource {
  const parsed = new URL(url);
  const socketPath = parsed.searchParams.get('socketPath');
  return new DataSource({
    type: 'mariadb',
    ...(socketPath ? { socketPath } : { host: parsed.hostname, port: Number(parsed.port || 3306) }),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
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
  });
}

/** Opens the pool and gives each connection its session settings. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const db = createDatabase(options);
  await db.initialize();
  const pool = (db.driver as unknown as { pool: { on(event: 'connection', listener: (c: SessionConnection) => void): void } }).pool;
  const settings = sessionSettings(options.statementLimitS ?? STATEMENT_LIMIT_S);
  pool.on('connection', (connection) => connection.query(settings));
  // the one connection that initialize() made came before the listener
  await db.query(settings);
  return db;
}

interface SessionConnection {
  query(sql: string): unknown;
}
const sessionSettings = (limitS: number): string => `SET SESSION max_statement_time=${limitS}, innodb_lock_wait_timeout=5, time_zone='+00:00'`;
