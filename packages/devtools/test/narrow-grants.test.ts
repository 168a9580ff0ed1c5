import { randomUUID } from 'node:crypto';
import { canRewriteAudit, sealEntries, takeOverUnsealed, unsafeAuditGrants, verifyAudit } from '@anjie/service-kit/audit';
import { audit, createAuditSeal, createDatabase, kitMigrations, kitTables, migrateDatabase, openDatabase, runMutation, sqlErrno, useAuditSeal, type Actor } from '@anjie/service-kit/database';
import { account, accountOf, connect, grantsFor, grantTables, rightsOn, urlFor } from '../src/stack/index';

const worker = process.env['JEST_WORKER_ID'] ?? '0';
const SCHEMA = `grants_t${worker}`;
const USER = `narrow_t${worker}`;
const OTHER = `fresh_t${worker}`;
const rootUrl = process.env['ANJIE_TEST_DATABASE_URL'] ?? '';
const url = urlFor(rootUrl, USER);
type DataSource = Awaited<ReturnType<typeof openDatabase>>;
type EntityManager = DataSource['manager'];

let root: DataSource;
let db: DataSource;
const sql = (text: string): Promise<unknown> => root.query(text);
const grant = () => grantTables({ ownerUrl: rootUrl, services: [SCHEMA], granteesOf: async () => [account(USER, 'localhost')] });
const open = async (databaseUrl: string): Promise<DataSource> => {
  const opened = await openDatabase({ url: databaseUrl, schema: SCHEMA, tables: kitTables, migrations: kitMigrations, poolSize: 2 });
  useAuditSeal(opened, createAuditSeal(Buffer.alloc(32, 7).toString('base64')));
  return opened;
};

beforeAll(async () => {
  const first = createDatabase({ url: rootUrl, schema: 'mysql', tables: [], migrations: [], poolSize: 1 });
  await first.initialize();
  for (const text of [`DROP DATABASE IF EXISTS ${SCHEMA}`, `CREATE DATABASE ${SCHEMA} CHARACTER SET utf8mb4`, `DROP USER IF EXISTS ${USER}@localhost, ${OTHER}@localhost`, `CREATE USER ${USER}@localhost`]) await first.query(text);
  // as users were made before there were narrow grants
  await first.query(`GRANT ALL ON ${SCHEMA}.* TO ${USER}@localhost`);
  await first.destroy();
  root = await open(rootUrl);
  await migrateDatabase(root, SCHEMA);
});
afterAll(async () => {
  await db?.destroy();
  for (const text of [`DROP DATABASE ${SCHEMA}`, `DROP USER IF EXISTS ${USER}@localhost, ${OTHER}@localhost`]) await sql(text);
  await root.destroy();
});

test('a user with rights on the whole schema can rewrite the audit, and is told so in words', async () => {
  db = await open(url);
  expect(await canRewriteAudit(db)).toBe(true);
  expect((await unsafeAuditGrants(db)).join()).toContain('SELECT and INSERT only on audit_entries and audit_links');
  await db.destroy();
});

test('narrowed table by table the service works on, and the database refuses every change of the audit', async () => {
  await grant();
  db = await open(url);
  const actor: Actor = { viewer: { kind: 'OFFICIAL', subject: randomUUID(), unitId: null, divisionCode: null, roles: [], locale: 'zh-CN' }, requestId: 'r' };
  const call = { actor, operation: 'act', key: `key-${randomUUID()}`, input: {}, work: async (tx: EntityManager) => (await audit(tx, actor, { action: 'ACTED', subjectType: 'Thing', subjectId: '1' }), { done: true }) };
  expect([await runMutation(db, call), await runMutation(db, call)]).toEqual([{ done: true }, { done: true }]);
  expect(await sealEntries(db)).toEqual({ sealed: 1, forged: [] });
  expect(await verifyAudit(db)).toMatchObject({ entries: 1, links: 1, problems: [] });
  const refused = async (text: string): Promise<number> => db.query(text).then(() => 0, sqlErrno);
  const statements = [
    "UPDATE audit_entries SET actor = 'x'", 'UPDATE audit_entries SET mac = NULL LIMIT 1', 'DELETE FROM audit_entries', 'UPDATE audit_links SET seq = seq + 1', 'DELETE FROM audit_links', 'DELETE FROM audit_chains',
    'TRUNCATE audit_entries', 'DROP TABLE audit_entries', 'ALTER TABLE audit_entries DROP COLUMN mac', 'RENAME TABLE audit_entries TO gone', 'UPDATE business_clock SET offset_seconds = 1', 'DELETE FROM migrations',
    "REPLACE INTO audit_entries (id, recorded_at, business_at, actor_kind, actor, request_id, action, subject_type, subject_id, detail) VALUES (1, NOW(), NOW(), 'x', 'x', 'x', 'x', 'x', 'x', 'x')",
    "INSERT INTO audit_entries (id, recorded_at, business_at, actor_kind, actor, request_id, action, subject_type, subject_id, detail) VALUES (1, NOW(), NOW(), 'x', 'x', 'x', 'x', 'x', 'x', 'x') ON DUPLICATE KEY UPDATE actor = 'x'",
  ];
  for (const text of statements) expect([text, await refused(text)]).toEqual([text, 1142]);
  expect(await refused('CREATE TRIGGER t BEFORE INSERT ON audit_entries FOR EACH ROW SET NEW.actor = NULL')).toBe(1142);
  expect(await verifyAudit(db)).toMatchObject({ entries: 1, links: 1, problems: [] });
  expect([await canRewriteAudit(db), await unsafeAuditGrants(db)]).toEqual([false, []]);
});

test("what a process's own user writes past the product is a forgery, whatever date it bears and whatever the chains say of their beginning", async () => {
  await takeOverUnsealed(db, 'cases');
  await sealEntries(db);
  await db.query("UPDATE audit_chains SET since = '2999-01-01'");
  await db.query("INSERT INTO audit_entries (recorded_at, business_at, actor_kind, actor, request_id, action, subject_type, subject_id, detail) VALUES ('2020-01-01', '2020-01-01', 'x', 'x', 'x', 'x', 'x', 'x', '{}')");
  expect((await sealEntries(db)).forged).toHaveLength(1);
  expect(await verifyAudit(db)).toMatchObject({ entries: 3, links: 2, takenOver: 0, problems: [{ kind: 'FORGED' }] });
});

test.each([`UPDATE ON ${SCHEMA}.audit_links`, `DELETE ON ${SCHEMA}.audit_entries`, `DROP ON ${SCHEMA}.*`, `TRIGGER ON ${SCHEMA}.audit_entries`, `ALTER ON *.*`])('a grant of %s besides is found', async (wider) => {
  await sql(`GRANT ${wider} TO ${USER}@localhost`);
  const wide = await open(url);
  expect(await canRewriteAudit(wide)).toBe(true);
  await wide.destroy();
  await sql(`REVOKE ${wider} FROM ${USER}@localhost`);
  expect(await canRewriteAudit(db)).toBe(false);
});

test('a table of a later migration belongs to nobody until the grants are made again', async () => {
  await sql('CREATE TABLE later (id int PRIMARY KEY)');
  await expect(db.query('SELECT * FROM later')).rejects.toMatchObject({ errno: 1142 });
  await grant();
  expect(await db.query('SELECT * FROM later')).toEqual([]);
  expect([rightsOn('later'), grantsFor('s', ['audit_chains'], 'u')]).toEqual(['SELECT, INSERT, UPDATE, DELETE', ['GRANT SELECT, UPDATE ON `s`.`audit_chains` TO u']]);
});

test("an operator's user is found by its login, is made when there is none, and is never the owner", async () => {
  const owner = await connect(rootUrl);
  const fresh = urlFor(rootUrl, OTHER);
  expect([await accountOf(url, owner), await accountOf(rootUrl, owner)]).toEqual([[account(USER, 'localhost')], []]);
  expect(await accountOf(fresh, owner)).toEqual([account(OTHER, 'localhost')]);
  await grantTables({ ownerUrl: rootUrl, services: [SCHEMA], granteesOf: (_schema, connection) => accountOf(fresh, connection) });
  await owner.end();
  const made = await open(fresh);
  expect(await canRewriteAudit(made)).toBe(false);
  await made.destroy();
});
