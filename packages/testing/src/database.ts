import type { DataSource, EntitySchema } from 'typeorm';
import { createAuditSeal, createDatabase, migrateDatabase, openDatabase, select, setClockOffset, useAuditSeal, type Migration } from '@anjie/service-kit/database';
import { openRedis } from '@anjie/redis';

/** Set by `npm test`: the throw-away MariaDB and Redis of this run; each jest worker has a Redis database of its own, as it has schemas. */
export const testEngines = () => {
  const database = process.env['ANJIE_TEST_DATABASE_URL'];
  const redis = process.env['ANJIE_TEST_REDIS_URL'];
  if (!database || !redis) throw new Error('no test engines: run the tests with `npm test` (or `npm test -- service <pattern>`)');
  return { database, redis: `${redis}?db=${process.env['JEST_WORKER_ID'] ?? '0'}` };
};

/** Tables that keep the same rows in every test. */
const KEPT: readonly string[] = ['migrations', 'business_clock', 'figure_sequence', 'audit_chains'];
/** Within a file: what is sealed by a vault that is open. */
const KEPT_IN_FILE = [...KEPT, 'data_keys'];

/** Seals what tests audit. */
export const TEST_AUDIT_KEY = Buffer.alloc(32, 7).toString('base64');

export interface TestDatabaseOptions {
  readonly service: string;
  readonly tables: readonly EntitySchema<never>[];
  readonly migrations: readonly Migration[];
}

/** A schema of this jest worker's own, migrated once and emptied by `truncate()`; its Redis database begins empty too. Close it in afterAll. */
export async function openTestDatabase({ service, tables, migrations }: TestDatabaseOptions) {
  const schema = `${service}_t${process.env['JEST_WORKER_ID'] ?? '0'}`;
  await emptyRedis();
  const url = testEngines().database;
  const root = createDatabase({ url, schema: 'mysql', tables: [], migrations: [], poolSize: 1 });
  await root.initialize();
  await root.query(`CREATE DATABASE IF NOT EXISTS ${schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await root.destroy();
  const db = await openDatabase({ url, schema, tables, migrations, poolSize: 12 });
  useAuditSeal(db, createAuditSeal(TEST_AUDIT_KEY));
  await migrateDatabase(db, schema);
  const truncate = () => truncateAll(db, schema, KEPT_IN_FILE);
  await truncateAll(db, schema, KEPT);
  return { db, schema, truncate, close: () => db.destroy() };
}

/** What an earlier file of the same worker left in the queues belongs to rows that are gone. */
async function emptyRedis(): Promise<void> {
  const redis = openRedis(testEngines().redis, 'QUESTION');
  await redis.connect();
  await redis.flushdb();
  redis.disconnect();
}

async function truncateAll(db: DataSource, schema: string, kept: readonly string[]): Promise<void> {
  const rows = await select<{ name: string }>(
    db.manager, `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_rows IS NOT NULL`, [schema],
  );
  for (const { name } of rows) if (!kept.includes(name)) await db.query(`DELETE FROM ${name}`);
  await setClockOffset(db.manager, 0);
}

/** Sets business now to an instant, for tests that need a certain legal day. */
export async function setBusinessNow(db: DataSource, instant: Date): Promise<void> {
  const [row] = await select<{ s: string }>(db.manager, 'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), ?) AS s', [instant]);
  await setClockOffset(db.manager, Number(row?.s ?? 0));
}

/** Statements that would bring the schema to what the tables say; empty when migrations and tables agree. */
export async function schemaDrift(db: DataSource): Promise<string[]> {
  const log = await db.driver.createSchemaBuilder().log();
  return log.upQueries.map((query) => query.query);
}
