import { randomUUID } from 'node:crypto';
import { openTestDatabase, rows, silent } from '@anjie/testing';
import { kitMigrations, kitTables, newMessageId } from '../src/database';
import { deleteExpired, RETENTION } from '../src/upkeep';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => void (database = await openTestDatabase({ service: 'kit_retention', tables: kitTables, migrations: kitMigrations })));
beforeEach(() => database.truncate());
afterAll(() => database.close());

const mac = Buffer.alloc(32);
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const insert = (table: string, columns: string, values: readonly unknown[][]) => database.db.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [values]);
const outbox = (state: string, ackedAt: Date | null) => [newMessageId(), 'cases', 'directory', 'division-changed', randomUUID(), 1, 1, '{}', mac, 'r', state, ago(200), ackedAt, ago(200)];
const OUTBOX = 'id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id, state, next_at, acked_at, created_at';
const count = async (table: string): Promise<number> => Number((await rows<{ n: string }>(database.db, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);

test('a row goes the day after its time, not before; what is open stays however old it is', async () => {
  await insert('outbox_messages', OUTBOX, [outbox('ACKED', ago(91)), outbox('ACKED', ago(89)), outbox('DEAD', null), outbox('PUBLISHED', null), outbox('PENDING', null)]);
  await insert('inbox_messages', 'source, message_id, topic, payload_mac, aggregate_id, aggregate_version, result, received_at', [121, 119].map((days) => ['cases', newMessageId(), 't', mac, randomUUID(), 1, 'APPLIED', ago(days)]));
  await insert('dead_letters', 'id, queue, job_id, reason, failed_at, settled_at', [[randomUUID(), 'q', '1', 'r', ago(400), ago(181)], [randomUUID(), 'q', '2', 'r', ago(400), ago(179)], [randomUUID(), 'q', '3', 'r', ago(400), null]]);
  await insert('idempotency_keys', 'actor, idempotency_key, operation, request_hash, created_at', [31, 29].map((days) => ['a', Buffer.from(`key-${days}`), 'o', mac, ago(days)]));
  await insert('audit_entries', 'recorded_at, business_at, actor_kind, actor, request_id, action, subject_type, subject_id, detail', [[ago(4_000), ago(4_000), 'OFFICIAL', 'a', 'r', 'A', 'T', 's', '{}']]);
  // nobody can mend a day that is compared no longer: it goes by its age like the others
  await insert('reconciliations', 'day, peer, sent, known, sent_digest, known_digest, missing, phantom, mismatched, repaired, bad_runs, finished_at', [401, 399].map((days) => [ago(days), 'cases', 1, 2, mac, mac, 0, 1, 0, 0, 7, ago(days)]));
  await insert('accepted_phantoms', 'peer, message_id, accepted_at', [121, 119].map((days) => ['cases', newMessageId(), ago(days)]));
  expect(await deleteExpired(database.db, { log: silent })).toEqual({ outbox_messages: 1, inbox_messages: 1, dead_letters: 1, idempotency_keys: 1, reconciliations: 1, accepted_phantoms: 1 });
  expect(await Promise.all(['outbox_messages', 'inbox_messages', 'dead_letters', 'idempotency_keys', 'audit_entries'].map(count))).toEqual([4, 1, 2, 1, 1]);
  expect(await deleteExpired(database.db, { log: silent })).toMatchObject({ outbox_messages: 0, inbox_messages: 0 });
});

test('many rows go in batches', async () => {
  const values = Array.from({ length: 1_200 }, (_, i) => ['a', Buffer.from(`key-${i}`), 'o', mac, ago(40)]);
  await insert('idempotency_keys', 'actor, idempotency_key, operation, request_hash, created_at', values);
  expect(await deleteExpired(database.db, { log: silent })).toMatchObject({ idempotency_keys: 1_200 });
});

test('a receiver remembers longer than a sender keeps, by the age of the oldest backup', () => {
  const days = (table: string): number => RETENTION.find((one) => one.table === table)?.days ?? 0;
  expect(days('inbox_messages') - days('outbox_messages')).toBeGreaterThanOrEqual(30);
  expect(RETENTION.map(({ table }) => table)).not.toContain('audit_entries');
});
