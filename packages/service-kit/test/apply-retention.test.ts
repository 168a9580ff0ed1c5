import { randomUUID } from 'node:crypto';
import { openTestDatabase, rows, silent } from '@anjie/testing';
import { kitMigrations, kitTables, setClockOffset } from '../src/database';
import { applyRetention, dueForRetention } from '../src/upkeep';
import { createKeyEncryption, openVault, suiteNamed, vaultMigrations, vaultTables } from '../src/vault';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_retention', tables: [...kitTables, ...vaultTables], migrations: [...kitMigrations, ...vaultMigrations] });
  for (const table of ['data_requests (id uuid PRIMARY KEY, outcome varchar(16) NULL, decided_on date NULL, words_sealed blob NULL, value_sealed blob NULL, reasons_sealed blob NULL)', 'identity_corrections (id uuid PRIMARY KEY, corrected_on date, before_sealed blob NULL)', 'notifications (id uuid PRIMARY KEY, is_waiting tinyint, created_at datetime(3), digest_id uuid NULL)', 'digests (id uuid PRIMARY KEY, formed_at datetime(3))', 'webhook_deliveries (id uuid PRIMARY KEY, settled_at datetime(3) NULL)', 'webhook_attempts (delivery_id uuid, number int, started_at datetime(3), PRIMARY KEY (delivery_id, number))']) {
    await database.db.query(`CREATE TABLE IF NOT EXISTS ${table}`);
  }
});
beforeEach(() => database.truncate());
afterAll(() => database.close());

const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const insert = (table: string, columns: string, values: readonly unknown[][]) => database.db.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [values]);
const counts = async (...tables: string[]): Promise<number[]> => Promise.all(tables.map(async (table) => Number((await rows<{ n: string }>(database.db, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n)));
const none = new Map<string, number>();

test('notices, digests and deliveries go when their time is over, and what is waiting or open stays; a rehearsal says the same and erases nothing', async () => {
  const [kept, empty, ended, open] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await insert('digests', 'id, formed_at', [[kept, ago(800)], [empty, ago(800)]]);
  await insert('notifications', 'id, is_waiting, created_at, digest_id', [[randomUUID(), 0, ago(731), null], [randomUUID(), 1, ago(731), null], [randomUUID(), 0, ago(729), kept]]);
  await insert('webhook_deliveries', 'id, settled_at', [[ended, ago(191)], [randomUUID(), ago(189)], [open, null]]);
  await insert('webhook_attempts', 'delivery_id, number, started_at', [[ended, 1, ago(191)], [open, 1, ago(400)]]);
  const due = await dueForRetention(database.db.manager, 'supervision', none);
  expect(due.map(({ name, count }) => [name, count])).toEqual([['notices', 1], ['digests', 1], ['webhook-deliveries', 1], ['webhook-attempts', 0]]);
  expect(await counts('notifications', 'digests', 'webhook_deliveries', 'webhook_attempts')).toEqual([3, 2, 3, 2]);
  const applied = await applyRetention(database.db, { service: 'supervision', log: silent, set: none });
  expect(applied.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  expect(await counts('notifications', 'digests', 'webhook_deliveries', 'webhook_attempts')).toEqual([2, 1, 2, 1]);
  const entries = await rows<{ subject: string; detail: string }>(database.db, "SELECT subject_id AS subject, detail FROM audit_entries WHERE action = 'RETENTION_APPLIED' ORDER BY id");
  expect(entries.map(({ subject, detail }) => [subject, (JSON.parse(detail) as { count: number }).count])).toEqual([['notices', 1], ['digests', 1], ['webhook-deliveries', 1], ['webhook-attempts', 1]]);
  expect((await applyRetention(database.db, { service: 'supervision', log: silent, set: none })).every(({ count }) => count === 0)).toBe(true);
  expect((await counts('audit_entries'))[0]).toBe(4);
});

test('what happened by the business clock ages by the business clock', async () => {
  await setClockOffset(database.db.manager, -3 * 365 * 86_400);
  await insert('notifications', 'id, is_waiting, created_at, digest_id', [[randomUUID(), 0, ago(3 * 365), null]]);
  expect((await dueForRetention(database.db.manager, 'supervision', none))[0]).toMatchObject({ name: 'notices', count: 0 });
});

test('what no law asks for is off, and goes only when the site sets a period; the row stays, its words do not', async () => {
  await insert('data_requests', 'id, outcome, decided_on, words_sealed', [[randomUUID(), 'GRANTED', ago(400), Buffer.from('x')], [randomUUID(), null, null, Buffer.from('y')]]);
  await applyRetention(database.db, { service: 'cases', log: silent, set: none });
  expect((await rows<{ n: string }>(database.db, 'SELECT COUNT(words_sealed) AS n FROM data_requests'))[0]?.n).toBe('2');
  await applyRetention(database.db, { service: 'cases', log: silent, set: new Map([['data-request-words', 365]]) });
  expect(await rows(database.db, 'SELECT outcome, words_sealed IS NULL AS isErased FROM data_requests ORDER BY outcome DESC')).toEqual([{ outcome: 'GRANTED', isErased: 1 }, { outcome: null, isErased: 0 }]);
});

test('the key of a month goes when the next one has sealed for the days, with everything that it sealed; the one that seals never', async () => {
  const open = () => openVault({ db: database.db, columns: {}, fileClasses: ['BRIEF_FILE', 'FILE'], secrets: {}, suite: suiteNamed('AES-256-GCM'), variable: 'X', kek: { current: createKeyEncryption(Buffer.alloc(32, 3)) } });
  await database.db.query('DELETE FROM data_keys');
  const vault = await open();
  const first = vault.keyring.current('BRIEF_FILE').id;
  const second = await vault.keyring.add('BRIEF_FILE');
  await vault.keyring.add('FILE');
  const destroyed = async () => (await rows<{ id: number }>(database.db, 'SELECT id FROM data_keys WHERE destroyed_at IS NOT NULL ORDER BY id')).map(({ id }) => id);
  await database.db.query('UPDATE data_keys SET usable_at = UTC_TIMESTAMP(3) - INTERVAL 44 DAY WHERE id > ?', [first]);
  await applyRetention(database.db, { service: 'cases', log: silent, set: none });
  expect(await destroyed()).toEqual([]);
  await database.db.query('UPDATE data_keys SET usable_at = UTC_TIMESTAMP(3) - INTERVAL 46 DAY WHERE id > ?', [first]);
  expect(await dueForRetention(database.db.manager, 'cases', none)).toEqual([{ name: 'brief-file-keys', days: 45, count: 1 }]);
  await applyRetention(database.db, { service: 'cases', log: silent, set: none });
  expect(await destroyed()).toEqual([first]);
  await vault.keyring.refresh();
  expect(vault.keyring.current('BRIEF_FILE').id).toBe(second);
  expect(vault.keyring.isDestroyed(first)).toBe(true);
});
