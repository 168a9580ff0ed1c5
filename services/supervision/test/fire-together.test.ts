import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction, select } from '@anjie/service-kit/database';
import { haveCaseScope } from '@anjie/testing';
import { fireDeadlines, sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, countRows, deadlineOf, declare, fireDeadline, haveKnownUnit, log, openSupervision, type Supervision } from './builders';
import { haveWaitingDeadlines } from './waiting-deadlines';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const BEFORE_DUE = '2025-09-26T02:00:00Z';
const LATE = '2025-10-10T02:00:00Z';

const haveWaiting = (count: number, kind?: 'OVERDUE' | 'REMIND_DUE') => haveWaitingDeadlines(supervision.db, count, kind);

const outcomes = async () =>
  (await select<{ kind: string; step: number; outcome: string }>(
    supervision.db.manager, 'SELECT d.kind, d.step, e.outcome FROM deadline_effects e JOIN deadlines d ON d.id = e.deadline_id AND d.version = e.version ORDER BY d.due_at, d.kind',
  )).map((row) => `${row.kind} ${row.step} ${row.outcome}`);

test('two workers and the sweep on the same 500 rows: each fires once', async () => {
  const { db } = supervision;
  const rows = await haveWaiting(500);
  await at(db, LATE);
  const halves = [rows.slice(0, 250), rows.slice(250)];
  const worker = async () => {
    let fired = 0;
    for (const half of halves) fired += (await fireDeadlines(db, 'ALARM', half)).fired;
    return fired;
  };
  const fired = await Promise.all([worker(), worker(), sweepDeadlines(db, log)]);
  expect(fired.reduce((sum, one) => sum + one)).toBe(500);
  expect([await countRows(db, 'deadline_effects'), await countRows(db, 'reminders'), await countRows(db, 'audit_entries')]).toEqual([500, 500, 500]);
}, 60_000);

/** The database, with a count of what its transactions send. */
function countingDatabase(db: DataSource) {
  const counted = { statements: 0 };
  const counting = (tx: EntityManager) => new Proxy(tx, {
    get: (target, name) => (name === 'query' ? (...args: Parameters<EntityManager['query']>) => ((counted.statements += 1), target.query(...args)) : (Reflect.get(target, name) as unknown)),
  });
  const transaction = (work: (tx: EntityManager) => Promise<unknown>) => db.transaction((tx) => work(counting(tx)));
  return { counted, db: new Proxy(db, { get: (target, name) => (name === 'transaction' ? transaction : (Reflect.get(target, name) as unknown)) }) };
}

test('the number of statements does not depend on how many fire', async () => {
  await at(supervision.db, LATE);
  const statementsFor = async (count: number): Promise<number> => {
    const { db, counted } = countingDatabase(supervision.db);
    expect((await fireDeadlines(db, 'ALARM', await haveWaiting(count))).fired).toBe(count);
    return counted.statements;
  };
  const few = await statementsFor(2);
  expect(few).toBeGreaterThan(5);
  expect(await statementsFor(200)).toBe(few);
});

test('a poisoned row holds up nobody, and its sibling still reminds', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  const told = await declare(db, { obligorUnitId: unit });
  await haveWaiting(20);
  const poisoned = await deadlineOf(db, told.obligationId, 'REMIND_DUE', 0);
  // its fence is there already: whoever fires it meets the unique key
  await db.query('INSERT INTO deadline_effects (deadline_id, version, fired_at) VALUES (?, 1, UTC_TIMESTAMP(3))', [poisoned.id]);
  await at(db, '2025-10-09T02:00:00Z');
  expect(await sweepDeadlines(db, log)).toBe(22);
  expect((await deadlineOf(db, told.obligationId, 'REMIND_DUE', 0)).state).toBe('ARMED');
  const reminded = await select<{ kind: string; step: number }>(
    db.manager, 'SELECT r.kind, d.step FROM reminders r JOIN deadlines d ON d.id = r.deadline_id WHERE r.obligation_id = ?', [told.obligationId],
  );
  expect(reminded).toEqual([{ kind: 'REMIND_BEFORE', step: 1 }]);
  expect(await sweepDeadlines(db, log)).toBe(0);
  await db.query('DELETE FROM deadline_effects WHERE deadline_id = ?', [poisoned.id]);
  expect(await sweepDeadlines(db, log)).toBe(1);
});

test('late reminders of one duty, each with its alarm: the latest speaks, the others say that it did', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  const told = await declare(db, { obligorUnitId: unit });
  await at(db, LATE);
  const steps = [['REMIND_BEFORE', 7], ['REMIND_AFTER', 1], ['REMIND_DUE', 0], ['REMIND_BEFORE', 1]] as const;
  const rows = await Promise.all(steps.map(([kind, step]) => deadlineOf(db, told.obligationId, kind, step)));
  const results = await Promise.all(rows.map(({ id, version }) => fireDeadline(db, { id, version, by: 'ALARM' })));
  expect(results.filter((one) => one?.result === 'FIRED').length).toBeGreaterThanOrEqual(1);
  expect((await outcomes()).sort()).toEqual(['REMIND_AFTER 1 REMINDED', 'REMIND_BEFORE 1 SUPERSEDED', 'REMIND_BEFORE 7 SUPERSEDED', 'REMIND_DUE 0 SUPERSEDED']);
  const [audited] = await select<{ detail: string }>(db.manager, `SELECT detail FROM audit_entries WHERE action = 'deadline.fired' AND JSON_VALUE(detail, '$.kind') = 'REMIND_DUE'`);
  const latest = await deadlineOf(db, told.obligationId, 'REMIND_AFTER', 1);
  expect(JSON.parse(audited?.detail ?? '{}')).toMatchObject({ outcome: 'SUPERSEDED', supersededBy: latest.id, recipients: 0 });
});

test('in time each reminder reminds', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  await declare(db, { obligorUnitId: unit });
  for (const instant of ['2025-09-26T01:00:05Z', '2025-09-30T01:00:05Z', '2025-10-09T01:00:05Z']) {
    await at(db, instant);
    expect(await sweepDeadlines(db, log)).toBe(1);
  }
  expect(await outcomes()).toEqual(['REMIND_BEFORE 7 REMINDED', 'REMIND_BEFORE 1 REMINDED', 'REMIND_DUE 0 REMINDED']);
});

test('after an extension the new dates remind again, though a later moment of the old ones has passed', async () => {
  const { db } = supervision;
  const unit = await haveKnownUnit(db);
  const told = await declare(db, { obligorUnitId: unit });
  await at(db, LATE);
  await sweepDeadlines(db, log);
  await declare(db, { ...told, dueRaw: '2025-10-12', dueOn: '2025-10-13' }, 2);
  await at(db, '2025-10-13T01:00:05Z');
  await sweepDeadlines(db, log);
  expect(await select(db.manager, 'SELECT kind, due_on FROM reminders ORDER BY created_at')).toEqual([
    { kind: 'REMIND_AFTER', due_on: '2025-10-09' }, { kind: 'REMIND_DUE', due_on: '2025-10-13' },
  ]);
});

test('an extension at the very instant: before or after, never both, never in between', async () => {
  const { db } = supervision;
  for (let round = 0; round < 8; round += 1) {
    await at(db, '2025-08-04T02:00:00Z');
    const told = await declare(db);
    const { id, version } = await deadlineOf(db, told.obligationId, 'OVERDUE');
    await at(db, LATE);
    const [fired] = await Promise.all([
      fireDeadline(db, { id, version, by: round % 2 === 0 ? 'ALARM' : 'SWEEPER' }),
      declare(db, { ...told, dueRaw: '2025-11-02', dueOn: '2025-11-03' }, 2),
    ]);
    const [row] = await select<{ overdueAt: Date | null; state: string; effects: string }>(
      db.manager,
      `SELECT o.overdue_at AS overdueAt, d.state, (SELECT COUNT(*) FROM deadline_effects e WHERE e.deadline_id = d.id) AS effects
         FROM obligations o JOIN deadlines d ON d.obligation_id = o.id AND d.kind = 'OVERDUE' WHERE o.id = ?`,
      [told.obligationId],
    );
    expect(row).toMatchObject({ overdueAt: null, state: 'ARMED' });
    expect(Number(row?.effects)).toBe(fired?.result === 'FIRED' ? 1 : 0);
  }
}, 60_000);

test('a cancellation while the alarm is active wins or comes after; nothing fires afterwards', async () => {
  const { db } = supervision;
  const told = await declare(db);
  const { id, version } = await deadlineOf(db, told.obligationId, 'REMIND_BEFORE', 7);
  await at(db, BEFORE_DUE);
  const waiting = await inTransaction(db, async (tx) => {
    await select(tx, 'SELECT id FROM obligations WHERE id = ? FOR UPDATE', [told.obligationId]);
    const alarm = fireDeadline(db, { id, version, by: 'ALARM' });
    // the alarm is active and waits for the row that this transaction holds; the sweep steps around it
    expect(await sweepDeadlines(db, log)).toBe(0);
    await tx.query(`UPDATE deadlines SET state = 'CANCELLED', version = version + 1 WHERE obligation_id = ?`, [told.obligationId]);
    return { alarm };
  });
  expect(await waiting.alarm).toEqual({ result: 'GONE' });
  expect([await countRows(db, 'deadline_effects'), await sweepDeadlines(db, log)]).toEqual([0, 0]);
});

test('the sweep steps around a row that somebody holds and fires the others', async () => {
  const { db } = supervision;
  const rows = await haveWaiting(30, 'OVERDUE');
  await at(db, LATE);
  await inTransaction(db, async (tx) => {
    await select(tx, 'SELECT id FROM obligations WHERE id = ? FOR UPDATE', [rows[0]?.obligationId]);
    expect(await sweepDeadlines(db, log)).toBe(29);
  });
  expect(await sweepDeadlines(db, log)).toBe(1);
  expect(Number((await select<{ n: string }>(db.manager, 'SELECT COUNT(*) AS n FROM obligations WHERE overdue_at IS NOT NULL'))[0]?.n)).toBe(30);
});

test('figures of a ledger are right when many fall due together', async () => {
  const { db } = supervision;
  const campaignId = randomUUID();
  const ledgers = [{ campaignId, divisionCode: '640104', enteredOn: '2025-01-01', removedOn: null }];
  const scopes = await Promise.all([1, 2, 3].map(() => haveCaseScope(db, { ledgers })));
  for (const { caseId } of scopes) for (let i = 0; i < 2; i += 1) await declare(db, { caseId });
  await declare(db, { caseId: (await haveCaseScope(db)).caseId });
  await at(db, LATE);
  await sweepDeadlines(db, log);
  expect(await select(db.manager, "SELECT figure, SUM(delta) AS n FROM figure_deltas WHERE figure = 'OVERDUE_OBLIGATIONS' GROUP BY figure")).toEqual([{ figure: 'OVERDUE_OBLIGATIONS', n: '6' }]);
});
