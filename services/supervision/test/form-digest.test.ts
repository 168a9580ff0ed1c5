import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { formDigests } from '../src/notifications/digest-service';
import { at, countRows, declare, haveKnownOfficial, haveKnownUnit, log, openSupervision, type Supervision } from './builders';
import { aNotice, digestsOf, inboxOf, raise } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

async function aUnit() {
  const { db } = supervision;
  const head = randomUUID();
  const unitId = await haveKnownUnit(db, { headOfficialId: head });
  await haveKnownOfficial(db, unitId, head);
  const { caseId } = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: unitId, role: 'LEAD' }] });
  return { unitId, caseId, head: viewers.plain(head, unitId), handler: viewers.handler(unitId) };
}
const routine = (unitId: string, caseId: string, part: object = {}) => aNotice(unitId, { caseId, noticeKind: 'REFERRAL_COMPLETED', ...part });

test('the reminders and the news of a morning are one message for each recipient, with counts and items', async () => {
  const { db } = supervision;
  const { unitId, caseId, head, handler } = await aUnit();
  for (let i = 0; i < 3; i += 1) await declare(db, { caseId, obligorUnitId: unitId });
  await at(db, '2025-09-25T09:00:00Z');
  for (let i = 0; i < 2; i += 1) await raise(supervision, routine(unitId, caseId));
  await raise(supervision, aNotice(unitId, { caseId }));
  await at(db, '2025-09-26T01:00:01Z');
  expect(await formDigests(db)).toBe(0); // the reminders of the morning are not written yet
  await sweepDeadlines(db, log);
  await at(db, '2025-09-26T01:00:04Z');
  await sweepDeadlines(db, log);
  expect(await formDigests(db)).toBe(2);
  expect(await digestsOf(supervision, head)).toEqual([expect.objectContaining({ day: '2025-09-26', counts: [{ kind: { code: 'DUTY_COMING_DUE' }, count: 3 }] })]);
  const [ofUnit] = await digestsOf(supervision, handler);
  expect(ofUnit?.counts).toEqual([{ kind: { code: 'DUTY_COMING_DUE' }, count: 3 }, { kind: { code: 'REFERRAL_COMPLETED' }, count: 2 }]);
  expect(ofUnit?.items.totalCount).toBe(5);
  expect(await digestsOf(supervision, viewers.handler(randomUUID()))).toEqual([]);
});

test('many workers at once, again and again, and a clock that jumps make one digest of a morning', async () => {
  const { db } = supervision;
  const { unitId, caseId, handler } = await aUnit();
  for (let i = 0; i < 20; i += 1) await raise(supervision, routine(unitId, caseId));
  await at(db, '2025-08-05T01:00:02Z');
  await Promise.all(Array.from({ length: 6 }, () => formDigests(db)));
  expect(await countRows(db, 'digests')).toBe(1);
  await raise(supervision, routine(unitId, caseId));
  await at(db, '2025-08-04T02:00:00Z');
  await formDigests(db);
  await at(db, '2025-08-05T08:00:00Z');
  await formDigests(db);
  expect(await countRows(db, 'digests')).toBe(1);
  await at(db, '2025-08-06T01:00:02Z');
  expect(await formDigests(db)).toBe(1);
  expect((await digestsOf(supervision, handler)).map((one) => [one.day, one.items.totalCount])).toEqual([['2025-08-06', 1], ['2025-08-05', 20]]);
  expect(await select(db.manager, 'SELECT COUNT(*) AS n FROM notifications WHERE is_waiting = 1')).toEqual([{ n: '0' }]);
});

test('a transaction that ends half way leaves no digest and loses no item', async () => {
  const { db } = supervision;
  const { unitId, caseId, handler } = await aUnit();
  await raise(supervision, routine(unitId, caseId));
  await at(db, '2025-08-05T01:00:02Z');
  await db.query('ALTER TABLE digests ADD COLUMN broken int NOT NULL CHECK (broken = 1)');
  await expect(formDigests(db)).rejects.toThrow();
  await db.query('ALTER TABLE digests DROP COLUMN broken');
  expect(await countRows(db, 'digests')).toBe(0);
  expect(await formDigests(db)).toBe(1);
  expect((await digestsOf(supervision, handler))[0]?.items.totalCount).toBe(1);
});

test('no digest in the evening, at night, on a day off; a morning that was missed is made up for in its office hours', async () => {
  const { db } = supervision;
  const { unitId, caseId } = await aUnit();
  await at(db, '2025-09-30T11:00:00Z'); // the eve of National Day
  await raise(supervision, routine(unitId, caseId));
  for (const instant of ['2025-09-30T12:00:00Z', '2025-10-01T01:00:05Z', '2025-10-08T04:00:00Z', '2025-10-08T20:00:00Z', '2025-10-09T00:59:00Z']) {
    await at(db, instant);
    expect([instant, await formDigests(db)]).toEqual([instant, 0]);
  }
  await at(db, '2025-10-09T06:00:00Z');
  expect(await formDigests(db)).toBe(1);
});

test('reminders that cannot be written hold the digests up for ten minutes, not longer', async () => {
  const { db } = supervision;
  const { unitId, caseId } = await aUnit();
  await declare(db, { caseId, obligorUnitId: unitId });
  await raise(supervision, routine(unitId, caseId));
  await at(db, '2025-09-26T01:09:00Z');
  expect(await formDigests(db)).toBe(0);
  await at(db, '2025-09-26T01:10:00Z');
  expect(await formDigests(db)).toBe(1);
});

test('what a recipient may not see any more is in no count, and a digest of nothing else is not there', async () => {
  const { db } = supervision;
  const { unitId, caseId, handler } = await aUnit();
  const other = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }] });
  await raise(supervision, routine(unitId, caseId));
  await raise(supervision, routine(unitId, other.caseId));
  await at(db, '2025-08-05T01:00:02Z');
  await formDigests(db);
  const counts = async () => (await digestsOf(supervision, handler)).map((one) => [one.counts[0]?.count, one.items.totalCount]);
  expect(await counts()).toEqual([[2, 2]]);
  await haveCaseScope(db, { caseId, excluded: [{ kind: 'UNIT', id: unitId }] }, 2);
  expect(await counts()).toEqual([[1, 1]]);
  await haveCaseScope(db, { caseId: other.caseId, excluded: [{ kind: 'UNIT', id: unitId }] }, 2);
  expect(await counts()).toEqual([]);
});

test('urgent notices are in no digest', async () => {
  const { db } = supervision;
  const { unitId, caseId, handler } = await aUnit();
  await raise(supervision, aNotice(unitId, { caseId }));
  await at(db, '2025-08-05T01:00:02Z');
  expect(await formDigests(db)).toBe(0);
  expect((await inboxOf(supervision, handler)).unread).toBe(1);
});
