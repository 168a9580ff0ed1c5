import type { Connection } from 'mysql2/promise';
import { connect, webUser } from '../stack/schemas';
import { ask } from './answers';
import type { Operation } from './operations';
import type { BenchSystem } from './system';

const REQUESTS = 10;
const REPEATS = 5;

export interface Statement {
  readonly service: string;
  readonly sql: string;
  /** Best of some repetitions, at the server. */
  readonly ms: number;
  /** Rows that the server read. */
  readonly rowsRead: number;
}

export interface Probe {
  readonly perRequest: number;
  /** Those of one request, slowest first. */
  readonly statements: readonly Statement[];
}

interface LoggedRow {
  readonly user: string;
  readonly text: string;
}

/** Counts at the server what the subgraphs send for one operation; apart from the timing, because the log costs time. */
export async function probeStatements(system: BenchSystem, operation: Operation): Promise<Probe> {
  const root = await connect(system.databaseUrl);
  try {
    const logged = await loggedDuring(root, async () => {
      for (let i = 0; i < REQUESTS; i += 1) await ask(system.ours[operation.viewer], operation);
    });
    const serviceOf = new Map(system.services.map((service) => [webUser(service), service]));
    const sent = logged.flatMap(({ user, text }) => (serviceOf.has(user) ? [{ service: serviceOf.get(user) ?? '', sql: text }] : []));
    const distinct = [...new Map(sent.map((one) => [`${one.service} ${one.sql}`, one])).values()];
    const statements: Statement[] = [];
    for (const one of distinct) if (/^\s*(\(?SELECT|WITH)/i.test(one.sql)) statements.push({ ...one, ...(await costOf(root, one)) });
    return { perRequest: sent.length / REQUESTS, statements: statements.sort((a, b) => b.ms - a.ms) };
  } finally {
    await root.end();
  }
}

async function loggedDuring(root: Connection, work: () => Promise<void>): Promise<LoggedRow[]> {
  await root.query("SET GLOBAL log_output = 'TABLE'");
  await root.query('TRUNCATE TABLE mysql.general_log');
  await root.query('SET GLOBAL general_log = ON');
  try {
    await work();
  } finally {
    await root.query('SET GLOBAL general_log = OFF');
  }
  const [rows] = await root.query(
    "SELECT SUBSTRING_INDEX(user_host, '[', 1) AS user, CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE command_type IN ('Query', 'Execute')",
  );
  return rows as LoggedRow[];
}

async function costOf(root: Connection, { service, sql }: { service: string; sql: string }): Promise<Pick<Statement, 'ms' | 'rowsRead'>> {
  await root.query(`USE ${service}`);
  let ms = Infinity;
  for (let i = 0; i < REPEATS; i += 1) {
    const from = performance.now();
    await root.query(sql);
    ms = Math.min(ms, performance.now() - from);
  }
  const readBefore = await rowsRead(root);
  await root.query(sql);
  return { ms, rowsRead: (await rowsRead(root)) - readBefore };
}

/** Rows this session has asked the storage engine for. */
async function rowsRead(root: Connection): Promise<number> {
  const [rows] = await root.query("SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_first', 'Handler_read_key', 'Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd_next')");
  return (rows as { Value: string }[]).reduce((sum, row) => sum + Number(row.Value), 0);
}
