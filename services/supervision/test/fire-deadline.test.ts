import { select } from '@anjie/service-kit/database';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { eventually, haveCaseScope } from '@anjie/testing';
import { alarmId, armDeadlines, createEpochGuard, EPOCH_KEY } from '../src/deadlines/alarm-service';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { openAlarmClock, startSounding } from './alarm-clock';
import { at, countRows, deadlineOf, deadlinesIn, declare, fireDeadline, haveKnownUnit, log, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
const parts: Closable[] = [];
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterEach(async () => closeAll(parts.splice(0)));
afterAll(() => supervision.close());

const openAlarms = async () => openAlarmClock(supervision.db, parts);
const startAlarmWorker = (): Closable => startSounding(supervision.db, parts);

test('alarm and sweeper at once fire it exactly once', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  for (let round = 0; round < 5; round += 1) {
    const told = await declare(db, { obligorUnitId: unit });
    const { id, version } = await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7);
    await at(db, '2025-09-26T01:00:00.500Z');
    const results = await Promise.all(
      (['ALARM', 'SWEEPER', 'ALARM', 'SWEEPER'] as const).map((by) => fireDeadline(db, { id, version, by })),
    );
    expect(results.map((one) => one?.result).sort()).toEqual(['FIRED', 'GONE', 'GONE', 'GONE']);
    await at(db, '2025-08-04T02:00:00Z');
  }
  expect([await countRows(db, 'deadline_effects'), await countRows(db, 'reminders')]).toEqual([5, 5]);
});

test('before its time nothing happens, and the answer says how long is left', async () => {
  const { db } = supervision;
  const told = await declare(db);
  const { id, version } = await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7);
  await at(db, '2025-09-26T00:59:30Z');
  const early = await fireDeadline(db, { id, version, by: 'ALARM' });
  expect(early).toEqual({ result: 'EARLY', msLeft: expect.any(Number) });
  expect((early as { msLeft: number }).msLeft).toBeGreaterThan(25_000);
  expect((early as { msLeft: number }).msLeft).toBeLessThanOrEqual(31_000);
  expect([await sweepDeadlines(db, log), await countRows(db, 'deadline_effects'), await countRows(db, 'reminders')]).toEqual([0, 0, 0]);
});

test('an alarm of an older version does nothing', async () => {
  const { db } = supervision;
  const told = await declare(db);
  const before = await deadlineOf(db, told.obligationId, 'OVERDUE');
  await declare(db, { ...told, dueRaw: '2025-11-02', dueOn: '2025-11-03' }, 2);
  for (const instant of ['2025-10-20T00:00:00Z', '2025-11-05T00:00:00Z']) {
    await at(db, instant);
    expect(await fireDeadline(db, { id: before.id, version: before.version, by: 'ALARM' })).toEqual({ result: 'GONE' });
    expect(await select(db.manager, 'SELECT overdue_at FROM obligations')).toEqual([{ overdue_at: null }]);
  }
  expect(await fireDeadline(db, { id: before.id, version: before.version + 1, by: 'ALARM' })).toEqual({ result: 'FIRED' });
});

test('when the clock jumps, the sweep brings the reminders and the overdue mark', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  const scope = await haveCaseScope(db);
  const told = await declare(db, { obligorUnitId: unit, caseId: scope.caseId });
  await at(db, '2025-10-10T02:00:00Z');
  expect(await sweepDeadlines(db, log)).toBe(5);
  const rows = await deadlinesIn(db, told.obligationId);
  expect(rows.filter((one) => one.state === 'FIRED').map((one) => `${one.kind} ${one.step} ${one.fired_by}`)).toEqual([
    'REMIND_BEFORE 7 SWEEPER', 'REMIND_BEFORE 1 SWEEPER', 'REMIND_DUE 0 SWEEPER', 'OVERDUE 0 SWEEPER', 'REMIND_AFTER 1 SWEEPER',
  ]);
  expect(await countRows(db, 'reminders')).toBe(1);
  const [obligation] = await select<{ overdue_at: Date | null }>(db.manager, 'SELECT overdue_at FROM obligations');
  expect(obligation?.overdue_at?.toISOString().slice(0, 16)).toBe('2025-10-10T02:00');
  expect(await sweepDeadlines(db, log)).toBe(0);
});

test('reminders that come late at once become one, the latest; every deadline still fires once', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  const told = await declare(db, { obligorUnitId: unit });
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  expect(await countRows(db, 'deadline_effects')).toBe(5);
  expect(await select(db.manager, 'SELECT kind FROM reminders')).toEqual([{ kind: 'REMIND_AFTER' }]);
  expect(told.dueOn).toBe('2025-10-09');
});

test('a sweep of more than one batch reaches the last row, each once', async () => {
  const { db } = supervision;
  await haveKnownUnit(db);
  for (let i = 0; i < 45; i += 1) await declare(db);
  await at(db, '2025-10-20T02:00:00Z');
  const fired = await Promise.all([sweepDeadlines(db, log), sweepDeadlines(db, log)]);
  expect(fired.reduce((a, b) => a + b)).toBe(45 * 9);
  expect(await countRows(db, 'deadline_effects')).toBe(45 * 9);
}, 60_000);

test('an extension after the due date takes the overdue mark back and sets it again later', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  await declare(db, { ...told, dueRaw: '2025-11-02', dueOn: '2025-11-03' }, 2);
  expect(await select(db.manager, 'SELECT overdue_at FROM obligations')).toEqual([{ overdue_at: null }]);
  await at(db, '2025-11-03T16:00:05Z');
  await sweepDeadlines(db, log);
  const [row] = await select<{ overdue_at: Date | null }>(db.manager, 'SELECT overdue_at FROM obligations');
  expect(row?.overdue_at).not.toBeNull();
});

test('an alarm fires at its time through the queue, not before', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-09-26T00:59:58Z');
  const { queue, guardEpoch } = await openAlarms();
  expect(await guardEpoch()).toBe('BEGUN');
  expect(await guardEpoch()).toBe('KEPT');
  startAlarmWorker();
  await armDeadlines(db, queue);
  const fired = await eventually('the alarm', async () => {
    const row = await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7);
    return row.state === 'FIRED' ? row : undefined;
  });
  expect(fired.fired_by).toBe('ALARM');
  const [{ late } = { late: '-1' }] = await select<{ late: string }>(db.manager, 'SELECT TIMESTAMPDIFF(MICROSECOND, due_at, fired_at) AS late FROM deadlines WHERE id = ?', [fired.id]);
  expect(Number(late)).toBeGreaterThanOrEqual(0);
});

test('an alarm that sounds too early goes back to wait and fires once', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-09-26T00:59:58Z');
  const due = (await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7)).due_at.getTime();
  const { queue } = await openAlarms();
  startAlarmWorker();
  await queue.add('alarm', { at: due }, { jobId: alarmId({ at: due }), delay: 0 });
  await eventually('the alarm', async () => (await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7)).state === 'FIRED');
  expect(await countRows(db, 'deadline_effects')).toBe(1);
});

test('only the next 48 hours are armed, and only once', async () => {
  const { db } = supervision;
  await declare(db);
  await at(db, '2025-09-24T02:00:00Z');
  const { queue, guardEpoch } = await openAlarms();
  await guardEpoch();
  await armDeadlines(db, queue);
  await armDeadlines(db, queue);
  expect(await queue.getDelayedCount()).toBe(1);
});

test('an emptied Redis gets a new epoch and every alarm again', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-09-26T00:00:00Z');
  const { queue, redis, guardEpoch } = await openAlarms();
  await guardEpoch();
  await armDeadlines(db, queue);
  expect(await queue.getDelayedCount()).toBe(1);
  await queue.obliterate({ force: true });
  await redis.del(EPOCH_KEY);
  await armDeadlines(db, queue);
  expect(await queue.getDelayedCount()).toBe(0);
  expect(await guardEpoch()).toBe('BEGUN');
  await armDeadlines(db, queue);
  expect(await queue.getDelayedCount()).toBe(1);
  const armed = await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7);
  expect(armed.armed_version).toBe(armed.version);
});

test('two guards at once begin one epoch', async () => {
  const { queue } = await openAlarms();
  const guards = [1, 2, 3].map(() => createEpochGuard(supervision.db, queue));
  const begun = await Promise.all(guards.map((guardEpoch) => guardEpoch()));
  expect(begun.filter((one) => one === 'BEGUN')).toHaveLength(1);
});

/** Three duties whose first reminder is within 48 hours, at three instants, armed. */
async function haveThreeAlarms() {
  const { db } = supervision;
  for (let i = 0; i < 3; i += 1) {
    const { obligationId } = await declare(db);
    await db.query('UPDATE deadlines SET due_at = due_at + INTERVAL ? MINUTE WHERE obligation_id = ?', [i, obligationId]);
  }
  await at(db, '2025-09-26T00:00:00Z');
  const alarms = await openAlarms();
  await alarms.guardEpoch();
  await armDeadlines(db, alarms.queue);
  expect(await alarms.queue.getDelayedCount()).toBe(3);
  return alarms;
}

test('alarms that got lost one by one are noticed in two rounds, and set again without a second of those that are there', async () => {
  const { db } = supervision;
  const { queue, guardEpoch } = await haveThreeAlarms();
  const [lost] = await queue.getDelayed();
  await lost?.remove();
  expect([await guardEpoch(), await guardEpoch()]).toEqual(['KEPT', 'BEGUN']);
  await armDeadlines(db, queue);
  expect(await queue.getDelayedCount()).toBe(3);
  expect([await guardEpoch(), await guardEpoch(), await guardEpoch()]).toEqual(['KEPT', 'KEPT', 'KEPT']);
});

test('one short round, or alarms of what was moved, begin nothing', async () => {
  const { db } = supervision;
  const { queue, guardEpoch } = await haveThreeAlarms();
  const [lost] = await queue.getDelayed();
  await lost?.remove();
  expect(await guardEpoch()).toBe('KEPT');
  if (lost) await queue.add('alarm', lost.data, { jobId: lost.id ?? '', delay: 60_000 });
  expect(await guardEpoch()).toBe('KEPT');
  await queue.add('alarm', { at: Number(lost?.data.at) + 1 }, { jobId: 'an-older-alarm', delay: 60_000 });
  expect([await guardEpoch(), await guardEpoch()]).toEqual(['KEPT', 'KEPT']);
  await db.query('UPDATE deadlines SET version = version + 1, armed_epoch = NULL');
  expect([await guardEpoch(), await guardEpoch()]).toEqual(['KEPT', 'KEPT']);
});

test('an alarm that is due and cannot fire is no reason to set the others again', async () => {
  const { db } = supervision;
  const { queue, guardEpoch } = await haveThreeAlarms();
  await at(db, '2025-09-26T01:02:05Z');
  await queue.obliterate({ force: true });
  expect([await guardEpoch(), await guardEpoch(), await guardEpoch()]).toEqual(['KEPT', 'KEPT', 'KEPT']);
});

test('rebuilding twice adds nothing', async () => {
  const { db } = supervision;
  const { queue, redis, guardEpoch } = await haveThreeAlarms();
  const ids = (await queue.getDelayed()).map((job) => job.id).sort();
  for (let i = 0; i < 2; i += 1) {
    await redis.del(EPOCH_KEY);
    expect(await guardEpoch()).toBe('BEGUN');
    await armDeadlines(db, queue);
    expect((await queue.getDelayed()).map((job) => job.id).sort()).toEqual(ids);
  }
});
