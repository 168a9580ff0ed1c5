import { reconcile } from '@anjie/service-kit/messaging';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { rows } from '@anjie/testing';
import { acceptPhantoms, statusOf } from '../src';
import { readArguments, runCommand } from '../src/cli';
import { OFFICIALS, openOpsWorld, type OpsWorld } from './ops-world';

let world: OpsWorld;
let couriers: Closable[] = [];
beforeAll(async () => void (world = await openOpsWorld()));
beforeEach(() => world.reset());
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => world.close());

const names = { by: OFFICIALS.first, confirmedBy: OFFICIALS.second };
const toCases = () => rows<{ id: string }>(world.two.sender.db, `SELECT id FROM outbox_messages WHERE dest = 'cases' ORDER BY id`);
const compare = async () => {
  const days = await reconcile(world.two.own('officials'), { since: new Date(Date.now() - 1_000), until: new Date() });
  return days.filter(({ peer }) => peer === 'cases').reduce((sum, { phantom, missing }) => ({ phantom: sum.phantom + phantom.length, missing: sum.missing + missing.length }), { phantom: 0, missing: 0 });
};
/** officials is restored to a moment before it told the last ones. */
async function forgetLast(count: number): Promise<void> {
  await closeAll(couriers.splice(0));
  const ids = (await toCases()).slice(-count).map(({ id }) => id);
  await world.two.sender.db.query('DELETE FROM outbox_messages WHERE id IN (?)', [ids]);
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
