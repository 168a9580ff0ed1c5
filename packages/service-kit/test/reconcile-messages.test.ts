import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { newMessageId, write } from '../src/database';
import { KNOWN_MESSAGES_PATH, reconcile, serviceViewer } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';
import { openTwoServices, rows, type TwoServices } from '@anjie/testing';

let two: TwoServices;
let couriers: Closable[] = [];
beforeAll(async () => void (two = await openTwoServices()));
beforeEach(() => two.truncate());
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => two.close());

const run = async () => {
  const done = await reconcile(two.own('officials'), { since: new Date(Date.now() - 1_000), until: new Date() });
  const cases = done.filter(({ peer }) => peer === 'cases').at(-1);
  if (!cases) throw new Error('cases was not compared');
  return cases;
};
const effects = () => rows<{ message_id: string }>(two.receiver.db, 'SELECT message_id FROM effects ORDER BY message_id');
const toCases = (more = '') => rows<{ id: string; aggregate_id: string }>(two.sender.db, `SELECT id, aggregate_id FROM outbox_messages WHERE dest = 'cases' ${more} ORDER BY id`);
const stored = () => rows<Record<string, number>>(two.sender.db, `SELECT sent, known, missing, phantom, mismatched, repaired, bad_runs FROM reconciliations WHERE peer = 'cases'`);

async function deliver(messages: number): Promise<void> {
  couriers = two.startCouriers();
  for (let i = 0; i < messages; i += 1) await two.tell();
  await two.settled();
}

test('ten deliveries that were undone by hand and ten messages that were marked acknowledged without arriving: twenty found in one run, sent again, each effect once', async () => {
  await deliver(30);
  await closeAll(couriers.splice(0));
  const undone = (await toCases()).slice(5, 15).map(({ id }) => id);
  for (const table of ['inbox_messages', 'effects']) expect(await write(two.receiver.db.manager, `DELETE FROM ${table} WHERE message_id IN (?)`, [undone])).toBe(10);
  for (let i = 0; i < 10; i += 1) await two.tell();
  const before = new Set((await toCases(`AND state = 'ACKED'`)).map(({ id }) => id));
  const wrong = (await toCases()).filter(({ id }) => !before.has(id)).map(({ id }) => id);
  expect(await write(two.sender.db.manager, `UPDATE outbox_messages SET state = 'ACKED' WHERE id IN (?)`, [wrong])).toBe(10);

  const found = await run();
  expect([...found.missing].sort()).toEqual([...undone, ...wrong].sort());
  expect(found).toMatchObject({ phantom: [], mismatched: [], repaired: 20, sent: { count: 40 }, known: { count: 20 } });
  expect(await stored()).toEqual([{ sent: 40, known: 20, missing: 20, phantom: 0, mismatched: 0, repaired: 20, bad_runs: 1 }]);

  couriers = two.startCouriers();
  await two.settled();
  expect((await effects()).map((row) => row.message_id)).toEqual((await toCases()).map(({ id }) => id));
  const again = await run();
  expect(again.sent).toEqual(again.known);
  expect(await stored()).toEqual([{ sent: 40, known: 40, missing: 0, phantom: 0, mismatched: 0, repaired: 0, bad_runs: 0 }]);
});

test('what is only on its way is nobody\'s finding', async () => {
  await deliver(3);
  await closeAll(couriers.splice(0));
  await two.tell();
  await write(two.sender.db.manager, `UPDATE outbox_messages SET state = 'PUBLISHED' WHERE id = ?`, [(await toCases())[0]?.id]);
  expect(await run()).toMatchObject({ missing: [], phantom: [], mismatched: [], sent: { count: 2 }, known: { count: 3 } });
  expect(await stored()).toMatchObject([{ bad_runs: 0 }]);
});

test('a message that the sender has forgotten and one with another content are told each night and never mended', async () => {
  await deliver(3);
  const [forgotten, changed] = await toCases();
  await write(two.sender.db.manager, 'DELETE FROM outbox_messages WHERE id = ?', [forgotten?.id]);
  await write(two.receiver.db.manager, 'UPDATE inbox_messages SET payload_mac = ? WHERE message_id = ?', [Buffer.alloc(32), changed?.id]);
  const found = { missing: [], phantom: [forgotten?.id], mismatched: [changed?.id], repaired: 0 };
  expect(await run()).toMatchObject(found);
  expect(await run()).toMatchObject(found);
  expect(await stored()).toEqual([{ sent: 2, known: 3, missing: 0, phantom: 1, mismatched: 1, repaired: 0, bad_runs: 2 }]);
  expect(await effects()).toHaveLength(3);
});

test('days are told apart by the message ids, and more than a page of a day is read page by page', async () => {
  const dayBefore = Date.now() - 86_400_000;
  const insert = async (db: TwoServices['sender'], table: 'outbox' | 'inbox', ids: readonly string[]) => {
    const columns = table === 'outbox' ? 'id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id, state, next_at, created_at' : 'source, message_id, topic, payload_mac, aggregate_id, aggregate_version, result, received_at';
    const row = (id: string) => (table === 'outbox' ? [id, 'cases', 'directory', 'division-changed', randomUUID(), 1, 1, '{}', Buffer.alloc(32, 1), 'test', 'ACKED', new Date(), new Date()] : ['officials', id, 'division-changed', Buffer.alloc(32, 1), randomUUID(), 1, 'APPLIED', new Date()]);
    for (let at = 0; at < ids.length; at += 500) await db.db.query(`INSERT INTO ${table}_messages (${columns}) VALUES ?`, [ids.slice(at, at + 500).map(row)]);
  };
  const ids = Array.from({ length: 2_300 }, (_, i) => newMessageId(dayBefore + i));
  await insert(two.sender, 'outbox', ids);
  await insert(two.receiver, 'inbox', [...ids.filter((_, i) => i % 1_000 !== 7), ...Array.from({ length: 1_500 }, (_, i) => newMessageId(dayBefore + i))]);
  const done = await reconcile(two.own('officials'), { since: new Date(dayBefore), until: new Date() });
  const [yesterday, today] = done.filter(({ peer }) => peer === 'cases');
  expect(yesterday).toMatchObject({ missing: [ids[7], ids[1_007], ids[2_007]], mismatched: [], repaired: 3, sent: { count: 2_300 }, known: { count: 3_797 } });
  expect(yesterday?.phantom).toHaveLength(1_500);
  expect(today).toMatchObject({ missing: [], phantom: [], sent: { count: 0 }, known: { count: 0 } });
});

test('only a service is told, only of its own messages, and only in pages', async () => {
  await deliver(2);
  const ask = async (as: string, subject: string, question: object) => {
    const body = JSON.stringify(question);
    const token = two.keys.mintOf[as]?.({ audience: 'cases', viewer: { ...serviceViewer(subject), ...(subject === 'official' ? { kind: 'OFFICIAL' as const } : {}) }, requestId: 'x', body });
    const response = await fetch(`${two.urls['cases']}${KNOWN_MESSAGES_PATH}`, { method: 'POST', body, headers: token ? { 'x-internal-auth': token } : {} });
    return { status: response.status, body: (await response.json()) as { messages?: unknown[] } };
  };
  const list = { ask: 'LIST', after: newMessageId(0), upTo: newMessageId(Date.now() + 1_000) };
  expect((await ask('officials', 'officials', list)).body.messages).toHaveLength(2);
  expect((await ask('assistance', 'assistance', list)).body.messages).toEqual([]);
  for (const [as, subject] of [['nobody', 'officials'], ['officials', 'assistance'], ['gateway', 'officials'], ['gateway', 'official']] as const) expect(await ask(as, subject, list)).toMatchObject({ status: 401 });
  for (const bad of [{ ask: 'ALL' }, { ...list, limit: 1_000_000 }, { ...list, after: "' OR 1=1" }]) expect((await ask('officials', 'officials', bad)).status).toBe(400);
});

test('a receiver that cannot be asked is named; the others are compared all the same', async () => {
  const own = two.own('officials');
  const urls = { ...own.urls, assistance: 'http://127.0.0.1:9' };
  await expect(reconcile({ ...own, urls }, { since: new Date(), until: new Date() })).rejects.toThrow('assistance cannot be asked which messages it knows');
  expect(await rows(two.sender.db, 'SELECT peer FROM reconciliations ORDER BY peer')).toEqual([{ peer: 'cases' }, { peer: 'supervision' }]);
});

test('a receiver that is fed again takes what it lacks and repeats nothing, also when both come together', async () => {
  await deliver(40);
  await closeAll(couriers.splice(0));
  const lost = (await toCases()).filter((_, i) => i % 4 === 0).map(({ id }) => id);
  for (const table of ['inbox_messages', 'effects']) await write(two.receiver.db.manager, `DELETE FROM ${table} WHERE message_id IN (?)`, [lost]);
  await write(two.sender.db.manager, `UPDATE outbox_messages SET state = 'PENDING' WHERE dest = 'cases'`);
  couriers = two.startCouriers();
  await two.settled();
  expect((await effects()).map((row) => row.message_id)).toEqual((await toCases()).map(({ id }) => id));
  expect(await rows(two.sender.db, `SELECT ack_result, COUNT(*) AS n FROM outbox_messages WHERE dest = 'cases' GROUP BY ack_result ORDER BY ack_result`)).toEqual([{ ack_result: 'APPLIED', n: '10' }, { ack_result: 'REPEATED', n: '30' }]);
});
