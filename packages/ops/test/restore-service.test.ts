import { randomUUID } from 'node:crypto';
import { DivisionChanged } from '@anjie/contracts';
import { inTransaction } from '@anjie/service-kit/database';
import { createOutbox, reconcile } from '@anjie/service-kit/messaging';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { rows } from '@anjie/testing';
import { acceptPhantoms, restored, statusOf } from '../src';
import { readArguments, runCommand } from '../src/cli';
import { OFFICIALS, openOpsWorld, type OpsWorld } from './ops-world';

let world: OpsWorld;
let couriers: Closable[] = [];
beforeAll(async () => void (world = await openOpsWorld()));
beforeEach(() => world.reset());
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => world.close());

const names = { by: OFFICIALS.first, confirmedBy: OFFICIALS.second };
const toCases = () => rows<{ aggregateId: string; version: string }>(world.two.sender.db, `SELECT aggregate_id AS aggregateId, aggregate_version AS version FROM outbox_messages WHERE dest = 'cases' ORDER BY id`);
const compare = async () => {
  const days = await reconcile(world.two.own('officials'), { since: new Date(Date.now() - 1_000), until: new Date() });
  return days.filter(({ peer }) => peer === 'cases').reduce((sum, { phantom, missing }) => ({ phantom: sum.phantom + phantom.length, missing: sum.missing + missing.length }), { phantom: 0, missing: 0 });
};
/** officials is restored to a moment before it told the last ones. */
async function forgetLast(count: number): Promise<void> {
  await closeAll(couriers.splice(0));
  const facts = (await toCases()).slice(-count).map(({ aggregateId, version }) => [aggregateId, version]);
  await world.two.sender.db.query('DELETE FROM outbox_messages WHERE (aggregate_id, aggregate_version) IN (?)', [facts]);
}

test('phantoms that two officials accepted are told no longer; one that comes later is', async () => {
  couriers = world.two.startCouriers();
  for (let i = 0; i < 5; i += 1) await world.two.tell();
  await world.two.settled();
  await forgetLast(2);
  expect(await compare()).toEqual({ phantom: 2, missing: 0 });
  expect(await compare()).toEqual({ phantom: 2, missing: 0 });
  expect((await statusOf(world.system)).red.join()).toMatch(/officials: sender and receiver have not agreed 2 times/);

  await expect(acceptPhantoms(world.system, { ...names, confirmedBy: names.by, service: 'officials' })).rejects.toThrow(/different/);
  const args = ['accept-phantoms', '--service', 'officials', '--by', names.by, '--confirmed-by', names.confirmedBy];
  expect((await runCommand(world.system, readArguments(args))).text).toMatch(/cases +2\n/);
  expect(await compare()).toEqual({ phantom: 0, missing: 0 });
  expect((await statusOf(world.system)).red).toEqual([]);
  const noted = await rows<{ action: string; detail: string }>(world.two.sender.db, 'SELECT action, detail FROM audit_entries');
  expect(noted.map(({ action, detail }) => ({ action, ...(JSON.parse(detail) as object) }))).toEqual([expect.objectContaining({ action: 'PHANTOMS_ACCEPTED', peer: 'cases', messages: 2 })]);
  expect((await runCommand(world.system, readArguments(args))).text).toMatch(/Nothing to accept/);

  await forgetLast(1);
  expect(await compare()).toEqual({ phantom: 1, missing: 0 });
});

/** What cases did with each version of a division, oldest message first. */
const results = async (aggregateId: string) =>
  (await rows<{ result: string }>(world.two.receiver.db, 'SELECT result FROM inbox_messages WHERE aggregate_id = ? ORDER BY message_id', [aggregateId])).map(({ result }) => result);
const versionsTold = async (aggregateId: string) => rows<{ version: string }>(world.two.receiver.db, 'SELECT version FROM effects WHERE aggregate_id = ? ORDER BY id', [aggregateId]);

/** officials starts again, counts from where it was, and tells a version that it told before. */
async function tellAgain(aggregateId: string, version: number): Promise<void> {
  const outbox = createOutbox('officials', world.two.seal);
  await inTransaction(world.two.sender.db, (tx) => outbox.announce(tx, DivisionChanged, { aggregateId, version, requestId: 'again', payload: { code: '640000', name: '宁夏回族自治区', parentCode: null, validTo: null } }));
  couriers = world.two.startCouriers();
  await world.two.settled();
}

test('what a restored service tells is newer to the others than what it told before and has forgotten, also after a second restore to a moment before the first', async () => {
  const division = randomUUID();
  couriers = world.two.startCouriers();
  for (const version of [1, 2, 3, 4]) await world.two.tell(division, version);
  await world.two.settled();
  const before = await results(division);
  await forgetLast(3);
  await restored(world.system, 'officials');
  await tellAgain(division, 2);
  expect((await results(division)).slice(before.length)).toEqual(['APPLIED']);

  // the row that says so is restored, too
  await forgetLast(1);
  await world.two.sender.db.query('DELETE FROM version_base');
  expect(await runCommand(world.system, readArguments(['restored', 'officials']))).toMatchObject({ code: 0 });
  await tellAgain(division, 2);
  expect((await results(division)).slice(before.length)).toEqual(['APPLIED', 'APPLIED']);
  const versions = (await versionsTold(division)).map(({ version }) => Number(version));
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  expect(versions.every(Number.isSafeInteger)).toBe(true);
  expect(await rows(world.two.sender.db, 'SELECT action FROM audit_entries')).toEqual([1, 2].map(() => ({ action: 'SERVICE_RESTORED' })));
});

test('a service that was never restored tells the versions that it counts', async () => {
  const division = randomUUID();
  await world.two.tell(division, 7);
  expect(await rows(world.two.sender.db, `SELECT aggregate_version AS v FROM outbox_messages WHERE dest = 'cases'`)).toEqual([{ v: '7' }]);
});

test('a service that is not there, or not named, is refused', async () => {
  await expect(runCommand(world.system, readArguments(['restored']))).rejects.toThrow(/name the service/);
  await expect(runCommand(world.system, readArguments(['restored', 'nobody']))).rejects.toThrow(/no service "nobody"/);
});
