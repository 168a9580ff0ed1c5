import type { EntityManager } from 'typeorm';
import { openTestDatabase } from '@anjie/testing';
import { kitMigrations, kitTables } from '../src/database';
import { createLog } from '../src/runtime';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_log', tables: kitTables, migrations: kitMigrations });
});
afterAll(() => database.close());

/** What may not reach the log: an apostrophe, since MariaDB repeats values as they are. */
const NAME = "控告张某's 5';--局长";
const SECRETS = ['控告', '张某', '局长', '110101199001011234'];

function logged(error: unknown): { line: string; err: Record<string, unknown> } {
  let line = '';
  createLog('test', 'info', { write: (text) => void (line += text) }).error({ err: error }, 'a resolver failed');
  return { line, err: (JSON.parse(line) as { err: Record<string, unknown> }).err };
}

/** Both statements on one connection: the second fails as MariaDB makes it fail. */
async function failure(statement: string, values: readonly unknown[] = []): Promise<Error> {
  const work = async (tx: EntityManager): Promise<unknown> => {
    await tx.query('CREATE TEMPORARY TABLE told (name VARCHAR(40) NOT NULL, share TINYINT, UNIQUE KEY uq_told_name (name))');
    await tx.query('INSERT INTO told (name) VALUES (?)', [NAME]);
    return tx.query(statement, [...values]);
  };
  const runner = database.db.createQueryRunner();
  try {
    return await work(runner.manager).then(() => new Error('it did not fail'), (error: Error) => error);
  } finally {
    await runner.query('DROP TEMPORARY TABLE told');
    await runner.release();
  }
}

test.each([
  ['a value that stands twice', 'INSERT INTO told (name) VALUES (?)', [NAME], { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000', message: "Duplicate entry … for key 'uq_told_name'" }],
  ['a value in the text', `INSERT INTO told (name, share) VALUES ('${NAME.replaceAll("'", "''")}', 7)`, [], { code: 'ER_DUP_ENTRY', message: "Duplicate entry … for key 'uq_told_name'" }],
  ['a value that is no number', 'INSERT INTO told (name, share) VALUES (?, ?)', ['x', NAME], { errno: 1366, message: expect.stringMatching(/^Incorrect integer value: … for column .*`share` at row 1$/) }],
  ['a value that is too long', 'INSERT INTO told (name) VALUES (?)', [NAME.repeat(9)], { errno: 1406, message: "Data too long for column 'name' at row 1" }],
  ['a value that is too large', 'INSERT INTO told (name, share) VALUES (?, 110101199001011234)', [NAME + 1], { errno: 1264, message: "Out of range value for column 'share' at row 1" }],
  ['a text that is no SQL', `SELECT '${NAME}' FROM told`, [], { errno: 1064 }],
  ['a text that is none, with its values', 'SELECT ? FORM told', [NAME], { errno: 1064 }],
  ['a column that is not there', 'SELECT nme FROM told WHERE name = ?', [NAME], { errno: 1054, message: "Unknown column 'nme' in …" }],
  ['a text compared as a number', 'UPDATE told SET share = name + ?', [NAME], { errno: 1292, message: expect.stringMatching(/^Truncated incorrect \w+ value: …$/) }],
])('%s: the code, the place and no value reach the log', async (_what, statement, values, expected) => {
  const error = await failure(statement, values);
  expect(error.name).toBe('QueryFailedError');
  for (const wrapped of [error, new Error('an import stopped', { cause: error }), new AggregateError([error, error], 'two stopped')]) {
    const { line } = logged(wrapped);
    for (const secret of SECRETS) expect(line).not.toContain(secret);
  }
  const { err } = logged(error);
  expect(err).toMatchObject({ type: 'QueryFailedError', ...expected });
  expect(String(err['stack'])).toMatch(/^ {4}at /);
  expect(logged(new Error('an import stopped', { cause: error })).err).toMatchObject({ type: 'Error', message: 'an import stopped', cause: { code: err['code'] } });
  expect(logged(new AggregateError([error], 'two stopped')).err).toMatchObject({ type: 'AggregateError', errors: [{ code: err['code'] }] });
});
