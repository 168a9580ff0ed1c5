import { select } from '@anjie/service-kit/database';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { eventually } from '@anjie/testing';
import { armDeadlines } from '../src/deadlines/alarm-service';
import { openAlarmClock, startSounding } from './alarm-clock';
import { at, countRows, openSupervision, type Supervision } from './builders';
import { haveWaitingDeadlines, WAITING_SINCE } from './waiting-deadlines';

let supervision: Supervision;
const parts: Closable[] = [];
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(() => supervision.truncate());
afterEach(async () => closeAll(parts.splice(0)));
afterAll(() => supervision.close());

const fired = async () => Number((await select<{ n: string }>(supervision.db.manager, "SELECT COUNT(*) AS n FROM deadlines WHERE state = 'FIRED' AND fired_by = 'ALARM'"))[0]?.n);
/** Five seconds before the instant, however long the rows took. Nobody sweeps here: only alarms fire. */
async function setAlarms() {
  await at(supervision.db, '2025-10-09T00:59:55Z');
  const clock = await openAlarmClock(supervision.db, parts);
  await clock.guardEpoch();
  await armDeadlines(supervision.db, clock.queue);
  startSounding(supervision.db, parts);
  return clock;
}

test('what is due at one instant has one alarm, which fires all of it, more than a volley, and nothing early', async () => {
  const { db } = supervision;
  await haveWaitingDeadlines(db, 450);
  const { queue } = await setAlarms();
  expect((await queue.getDelayed()).map(({ data }) => data)).toEqual([{ at: WAITING_SINCE.getTime() }]);
  await eventually('all fired', async () => (await fired()) === 450, 20_000);
  expect(await countRows(db, 'deadline_effects')).toBe(450);
  const [{ early } = { early: '-1' }] = await select<{ early: string }>(db.manager, 'SELECT COUNT(*) AS early FROM deadlines WHERE fired_at < due_at');
  expect(Number(early)).toBe(0);
  await eventually('the alarm is done', async () => (await queue.getJobCountByTypes('active', 'waiting', 'delayed')) === 0);
}, 60_000);

test('of what cannot be fired the alarm sounds again later; the others at its instant do not wait', async () => {
  const { db } = supervision;
  const rows = await haveWaitingDeadlines(db, 230);
  // its fence is there already: whoever fires it meets the unique key
  await db.query('INSERT INTO deadline_effects (deadline_id, version, fired_at) VALUES (?, 1, UTC_TIMESTAMP(3))', [rows[7]?.id]);
  const { queue } = await setAlarms();
  await eventually('all but one', async () => (await fired()) === 229, 20_000);
  await eventually('the alarm waits', async () => (await queue.getDelayedCount()) === 1);
  await db.query('DELETE FROM deadline_effects WHERE deadline_id = ?', [rows[7]?.id]);
  await eventually('the last', async () => (await fired()) === 230, 20_000);
  expect(await countRows(db, 'deadline_effects')).toBe(230);
}, 60_000);

test('a row that waits and can never fire does not keep its alarm sounding', async () => {
  const { db } = supervision;
  const [lost] = await haveWaitingDeadlines(db, 3);
  await db.query('DELETE FROM obligations WHERE id = ?', [lost?.obligationId]);
  const { queue } = await setAlarms();
  await eventually('the alarm is done', async () => (await queue.getJobCountByTypes('active', 'waiting', 'delayed')) === 0, 20_000);
  expect(await fired()).toBe(2);
}, 60_000);
