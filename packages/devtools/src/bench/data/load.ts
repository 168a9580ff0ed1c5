import type { Connection } from 'mysql2/promise';
import { connect } from '../../stack/schemas';
import { assistanceData } from './assistance-data';
import { casesData } from './cases-data';
import { officialsData } from './officials-data';
import type { SchemaData } from './schema-data';
import { seedStatements } from './seed';
import { supervisionData } from './supervision-data';

const CHUNK = 5_000;
const SCHEMAS: readonly SchemaData[] = [casesData, officialsData, supervisionData, assistanceData];
/** A small server's memory: the private engines of tests start with less, and the redo log would throttle the loading. */
const SERVER_SETTINGS = ['SET GLOBAL innodb_buffer_pool_size = 2 * 1024 * 1024 * 1024', 'SET GLOBAL innodb_log_file_size = 1024 * 1024 * 1024'];

export interface LoadOptions {
  readonly databaseUrl: string;
  readonly cases: number;
  readonly progress: (done: number, total: number) => void;
}

/** Fills the four migrated, empty schemas with the same invented cases, straight by SQL. */
export async function loadData({ databaseUrl, cases, progress }: LoadOptions): Promise<void> {
  const root = await connect(databaseUrl);
  try {
    for (const statement of [...SERVER_SETTINGS, ...seedStatements(cases)]) await root.query(statement);
    const done = new Map<string, number>();
    const tell = (schema: string, count: number): void => {
      done.set(schema, count);
      progress([...done.values()].reduce((sum, one) => sum + one, 0), cases * SCHEMAS.length);
    };
    await Promise.all(SCHEMAS.map((data) => loadSchema(databaseUrl, data, { cases, tell: (count) => tell(data.schema, count) })));
    await root.query('DROP DATABASE bench_data');
  } finally {
    await root.end();
  }
}

interface SchemaLoad {
  readonly cases: number;
  readonly tell: (count: number) => void;
}

async function loadSchema(databaseUrl: string, data: SchemaData, { cases, tell }: SchemaLoad): Promise<void> {
  const connection = await connect(databaseUrl, data.schema);
  try {
    await connection.query('SET SESSION unique_checks = 0');
    for (const { table, columns, rows } of data.directory) await connection.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [rows]);
    for (let first = 1; first <= cases; first += CHUNK) {
      const last = Math.min(cases, first + CHUNK - 1);
      await connection.beginTransaction();
      for (const statement of data.perCases) await connection.query(statement, [first, last]);
      await connection.commit();
      tell(last);
    }
    for (const statement of data.once) await connection.query(statement);
    await analyzeTables(connection, data.schema);
  } finally {
    await connection.end();
  }
}

/** The server would take the statistics a little later by itself; a bench must not depend on when. */
async function analyzeTables(connection: Connection, schema: string): Promise<void> {
  const [rows] = await connection.query("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'", [schema]);
  await connection.query(`ANALYZE TABLE ${(rows as { name: string }[]).map(({ name }) => name).join(', ')}`);
}
