import { randomUUID } from 'node:crypto';
import { DivisionChanged } from '@anjie/contracts';
import { onMany, openQueue } from '@anjie/service-kit/messaging';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { eventually, rows, testEngines } from '@anjie/testing';
import { dismiss, openDeadLettersOf, replay } from '../src';
import { readArguments, runCommand } from '../src/cli';
import { OFFICIALS, openOpsWorld, type OpsWorld } from './ops-world';

let world: OpsWorld;
let couriers: Closable[] = [];
beforeAll(async () => void (world = await openOpsWorld()));
beforeEach(() => world.reset());
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => world.close());

const names = { by: OFFICIALS.first, confirmedBy: OFFICIALS.second };
const poison = onMany(DivisionChanged, () => Promise.reject(Object.assign(new Error('refused for good'), { name: 'UnrecoverableError' })));
const toCases = async () => (await rows<{ id: string; state: string }>(world.two.sender.db, `SELECT id, state FROM outbox_messages WHERE dest = 'cases'`))[0];
const becomes = (state: string) => eventually(`the message is ${state}`, async () => {
  const message = await toCases();
  return message?.state === state && message;
});
const effects = () => rows(world.two.receiver.db, 'SELECT id FROM effects');
const audits = async () => (await Promise.all([world.two.sender, world.two.receiver].map(({ db }) => rows<{ action: string; subject: string; actor: string; detail: string }>(db, 'SELECT action, subject_id AS subject, actor, detail FROM audit_entries')))).flat();

/** A message that its receiver refused for good; the reaction is well again. */
async function aDeadMessage(): Promise<string> {
  couriers = world.two.startCouriers(poison);
  await world.two.tell();
  const { id } = await becomes('DEAD');
  await eventually('its letter', async () => (await openDeadLettersOf(world.system)).length > 0);
  await closeAll(couriers.splice(0));
  return id;
}

test('a dead letter is listed with its sender, its topic and the reason', async () => {
  const id = await aDeadMessage();
  expect(await openDeadLettersOf(world.system)).toEqual([expect.objectContaining({
    messageId: id, receiver: 'cases', queue: 'cases.directory', source: 'officials', topic: 'division-changed', state: 'DEAD', reason: 'refused for good', replayedAt: null,
  })]);
  const { text } = await runCommand(world.system, readArguments(['dead']));
  expect(text).toContain(id);
});

test('replayed in two names the message is applied once; calling it again does nothing; both schemas say who', async () => {
  const id = await aDeadMessage();
  expect(await replay(world.system, { ...names, messageIds: [id] })).toEqual([{ messageId: id, result: 'REPLAYED' }]);
  expect(await replay(world.system, { ...names, messageIds: [id] })).toEqual([{ messageId: id, result: 'NOT_DEAD' }]);
  couriers = world.two.startCouriers();
  await becomes('ACKED');
  expect(await effects()).toHaveLength(1);
  expect(await openDeadLettersOf(world.system)).toEqual([]);
  expect(await replay(world.system, { ...names, messageIds: [id] })).toEqual([{ messageId: id, result: 'NOT_DEAD' }]);
  const officials = await rows<{ id: string }>(world.two.sender.db, 'SELECT id FROM officials ORDER BY staff_no');
  const noted = await audits();
  expect(noted).toEqual([0, 1].map(() => expect.objectContaining({ action: 'MESSAGE_REPLAYED', subject: id, actor: officials[0]?.id })));
  for (const { detail } of noted) expect(JSON.parse(detail)).toMatchObject({ source: 'officials', receiver: 'cases', confirmedBy: officials[1]?.id });
});

test('a whole queue is replayed; one that fails again is dead again and can be replayed again', async () => {
  const id = await aDeadMessage();
  expect(await replay(world.system, { ...names, messageIds: [], queue: 'cases.closing' })).toEqual([]);
  expect(await replay(world.system, { ...names, messageIds: [], queue: 'cases.directory' })).toEqual([{ messageId: id, result: 'REPLAYED' }]);
  couriers = world.two.startCouriers(poison);
  await becomes('DEAD');
  await closeAll(couriers.splice(0));
  expect(await replay(world.system, { ...names, messageIds: [], queue: 'cases.directory' })).toEqual([{ messageId: id, result: 'REPLAYED' }]);
  expect((await audits()).filter(({ action }) => action === 'MESSAGE_REPLAYED')).toHaveLength(4);
});

test('one name twice, a name that nobody bears, and one who has left are refused; nothing is sent', async () => {
  const id = await aDeadMessage();
  for (const [by, confirmedBy, why] of [['1001', '1001', /different/], ['1001', '9999', /9999/], [OFFICIALS.gone, '1002', /1003/], ['1001', '1001 ', /1001 /]] as const) {
    await expect(replay(world.system, { by, confirmedBy, messageIds: [id] })).rejects.toThrow(why);
  }
  await expect(runCommand(world.system, readArguments(['replay', id, '--by', '1001']))).rejects.toThrow(/--confirmed-by/);
  expect(await toCases()).toMatchObject({ state: 'DEAD' });
  expect(await audits()).toEqual([]);
});

test('a message without a letter is replayed from its sender\'s row; one that nobody knows is said to be unknown', async () => {
  const id = await aDeadMessage();
  await world.two.receiver.db.query('DELETE FROM dead_letters');
  const nobodys = randomUUID();
  expect(await replay(world.system, { ...names, messageIds: [id, nobodys] })).toEqual([{ messageId: id, result: 'REPLAYED' }, { messageId: nobodys, result: 'UNKNOWN' }]);
});

test('a forged job cannot be replayed, only dismissed; a message that is dead cannot be dismissed', async () => {
  const id = await aDeadMessage();
  couriers = world.two.startCouriers();
  const queue = openQueue(testEngines().redis, 'cases', 'directory');
  await queue.waitUntilReady();
  const nobodys = randomUUID();
  await queue.add('message', { source: 'officials', id: nobodys, mac: '00'.repeat(32) }, { jobId: 'forged' });
  await queue.close();
  const forged = await eventually('the letter of the forged job', async () => (await openDeadLettersOf(world.system)).find(({ source }) => source === null));
  const dead = (await openDeadLettersOf(world.system)).find(({ source }) => source !== null);
  expect(await dismiss(world.system, { ...names, letterIds: [dead?.id ?? ''] })).toBe(0);
  expect(await replay(world.system, { ...names, messageIds: [], queue: 'cases.directory' })).toEqual([{ messageId: id, result: 'REPLAYED' }, { messageId: nobodys, result: 'UNVOUCHED' }]);
  await becomes('ACKED');
  const all = (await openDeadLettersOf(world.system)).map((letter) => letter.id);
  expect(all).toEqual([forged.id]);
  expect(await dismiss(world.system, { ...names, letterIds: all })).toBe(1);
  expect(await openDeadLettersOf(world.system)).toEqual([]);
  expect((await audits()).map(({ action }) => action)).toContain('DEAD_LETTER_DISMISSED');
});
