import { randomUUID } from 'node:crypto';
import { insertRows, newId, select } from '@anjie/service-kit/database';
import { officeCalendar } from '@anjie/service-kit/runtime';
import { checkDeadlines } from '../src/deadlines/check-service';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { plannedDeadlines } from '../src/rules/deadline-plan';
import { at, countRows, deadlineOf, deadlinesIn, declare, log, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const DATES = { startOn: '2025-08-04', dueRaw: '2025-10-03', dueOn: '2025-10-09' };

/** Whole obligations in the order of their keys, straight into the tables. */
async function haveObligations(count: number): Promise<string[]> {
  const { db } = supervision;
  const ids = Array.from({ length: count }, () => randomUUID());
  const planned = plannedDeadlines(DATES, { calendar: officeCalendar(), now: new Date('2025-08-04T02:00:00Z') });
  await insertRows(db.manager, 'obligations', ids.map((id) => ({
    id, case_id: randomUUID(), duty_code: 'T8', state: 'OPEN', obligor_unit_id: randomUUID(), subject_type: 'Case', subject_id: id, start_on: DATES.startOn, due_raw: DATES.dueRaw,
    due_on: DATES.dueOn, is_provisional: 0, rule_code: 'T8', rule_version: '2022', calendar_version: 'c', jurisdiction_code: '640104', basis: 'b', source: 'cases', declared_version: 1, version: 1,
  })));
  await insertRows(db.manager, 'deadlines', ids.flatMap((id) => planned.map((one) => ({
    id: newId(), obligation_id: id, case_id: id, kind: one.kind, step: one.step, due_at: one.dueAt, state: 'ARMED', version: 1,
  }))));
  return (await select<{ id: string }>(db.manager, 'SELECT id FROM obligations ORDER BY id')).map((row) => row.id);
}

async function checkAll(): Promise<number> {
  let pages = 1;
  while (await checkDeadlines(supervision.db, log)) pages += 1;
  return pages;
}

const repairs = () => select<{ subject: string; detail: string }>(supervision.db.manager, "SELECT subject_id AS subject, detail FROM audit_entries WHERE action = 'deadline.repaired' ORDER BY id");

test('among 1,300 obligations what is missing is found wherever it is, put back and audited', async () => {
  const { db } = supervision;
  const ids = await haveObligations(1_300);
  const hurt = [ids[0], ids[99], ids[100], ids[700], ids[1_299]].map(String);
  await db.query("DELETE FROM deadlines WHERE obligation_id IN (?) AND kind = 'OVERDUE'", [hurt.slice(0, 4)]);
  await db.query('DELETE FROM deadlines WHERE obligation_id = ?', [hurt[4]]);
  expect(await checkAll()).toBe(3);
  expect((await repairs()).map((one) => one.subject)).toEqual(hurt);
  expect(JSON.parse((await repairs())[0]?.detail ?? '')).toEqual({ added: ['OVERDUE 0 2025-10-09T16:00:00.000Z'], setAgain: [] });
  expect(await countRows(db, 'deadlines')).toBe(13_000);
  const [round] = await select<{ detail: string }>(db.manager, "SELECT detail FROM audit_entries WHERE action = 'deadline.checked'");
  expect(JSON.parse(round?.detail ?? '')).toEqual({ checked: 1_300, repaired: 5 });
}, 60_000);

test('the next round waits for the next 03:00 Asia/Shanghai, and finds nothing', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await db.query('DELETE FROM deadlines WHERE obligation_id = ?', [told.obligationId]);
  await checkAll();
  await db.query('DELETE FROM deadlines WHERE obligation_id = ?', [told.obligationId]);
  await checkAll();
  expect(await countRows(db, 'deadlines')).toBe(0);
  const [next] = await select<{ at: Date; isSoon: string }>(db.manager, 'SELECT next_at AS at, next_at <= UTC_TIMESTAMP() + INTERVAL 1 DAY AND next_at > UTC_TIMESTAMP() AS isSoon FROM deadline_checks');
  expect([next?.at.toISOString().slice(11), Number(next?.isSoon)]).toEqual(['19:00:00.000Z', 1]);
  await db.query('UPDATE deadline_checks SET next_at = UTC_TIMESTAMP(3)');
  await checkAll();
  expect(await countRows(db, 'deadlines')).toBe(10);
  await db.query('UPDATE deadline_checks SET next_at = UTC_TIMESTAMP(3)');
  await checkAll();
  expect(await repairs()).toHaveLength(2);
});

test('a lost overdue row of a duty that is overdue by now marks it at the next sweep', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await db.query("DELETE FROM deadlines WHERE kind = 'OVERDUE'");
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  expect(await select(db.manager, 'SELECT overdue_at FROM obligations')).toEqual([{ overdue_at: null }]);
  await checkAll();
  await sweepDeadlines(db, log);
  expect((await deadlineOf(db, told.obligationId, 'OVERDUE')).state).toBe('FIRED');
  expect(await select(db.manager, 'SELECT 1 FROM obligations WHERE overdue_at IS NOT NULL')).toHaveLength(1);
});

test('what waits late is left to the sweep, what has ended is left alone', async () => {
  const { db } = supervision;
  const late = await declare(db);
  const met = await declare(db);
  await declare(db, { ...met, state: 'MET', metOn: '2025-09-01' }, 2);
  await at(db, '2025-10-10T02:00:00Z');
  const before = [await deadlinesIn(db, late.obligationId), await deadlinesIn(db, met.obligationId)];
  await checkAll();
  expect([await deadlinesIn(db, late.obligationId), await deadlinesIn(db, met.obligationId)]).toEqual(before);
  expect(await repairs()).toEqual([]);
});

test('two workers share a round; the turn of one that ended is taken over', async () => {
  const { db } = supervision;
  const ids = await haveObligations(600);
  const hurt = [ids[0], ids[499], ids[500], ids[599]].map(String);
  const lose = () => db.query("DELETE FROM deadlines WHERE kind = 'OVERDUE' AND obligation_id IN (?)", [hurt]);
  await lose();
  await Promise.all([checkAll(), checkAll()]);
  await checkAll();
  expect([(await repairs()).map((one) => one.subject), await countRows(db, 'deadlines')]).toEqual([hurt, 6_000]);
  await lose();
  await db.query('UPDATE deadline_checks SET next_at = UTC_TIMESTAMP(3), holder = UUID(), lease_until = UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE');
  expect([await checkAll(), await countRows(db, 'deadlines')]).toEqual([1, 5_996]);
  await db.query('UPDATE deadline_checks SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND');
  expect([await checkAll(), await countRows(db, 'deadlines')]).toEqual([2, 6_000]);
}, 60_000);
