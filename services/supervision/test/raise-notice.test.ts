import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, countRows, COUNTY, declare, haveKnownOfficial, haveKnownUnit, key, log, openSupervision, type Supervision } from './builders';
import { aNotice, inboxOf, kindsIn, markRead, raise } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

async function aUnitWithCase() {
  const { db } = supervision;
  const [unitId, above] = [randomUUID(), randomUUID()];
  await haveKnownUnit(db, { unitId: above });
  await haveKnownUnit(db, { unitId, ancestorIds: [above] });
  const { caseId } = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }] });
  return { unitId, above, caseId, handler: viewers.handler(unitId) };
}

test('a notice that is told reaches the unit once, however often it is told, in both languages', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  const notice = await raise(supervision, aNotice(unitId, { caseId }));
  await raise(supervision, notice);
  await raise(supervision, { ...notice, occasion: 'v4' });
  const english = await inboxOf(supervision, handler);
  expect(english.notifications.map((one) => [one.kind.name, one.text, one.subject])).toEqual([1, 2].map(() => [
    'A referral has arrived: sign for it or object', 'A referral has arrived: sign for it or object.', { type: 'Referral', id: notice.subject.id },
  ]));
  const chinese = await inboxOf(supervision, { ...handler, locale: 'zh-CN' });
  expect(chinese.notifications[0]?.text).toBe('收到转办事项，请签收或者提出异议。');
  expect(english.unread).toBe(2);
});

test('a kind that only a newer sender knows is kept and told in general words', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  await raise(supervision, aNotice(unitId, { caseId, noticeKind: 'SOMETHING_NEW' }));
  expect((await inboxOf(supervision, handler)).notifications.map((one) => [one.kind.code, one.text])).toEqual([['SOMETHING_NEW', 'There is news.']]);
});

test('the inbox of a unit is read by those who act for it, nobody else; an official reads the own one', async () => {
  const { unitId, above, caseId, handler } = await aUnitWithCase();
  const official = await haveKnownOfficial(supervision.db, unitId);
  await raise(supervision, aNotice(unitId, { caseId }));
  await raise(supervision, aNotice(unitId, { caseId, noticeKind: 'CASE_ASSIGNED', recipient: { kind: 'OFFICIAL', id: official } }));
  expect(kindsIn(await inboxOf(supervision, handler))).toEqual(['REFERRAL_DELIVERED']);
  expect(kindsIn(await inboxOf(supervision, viewers.handler(unitId, official)))).toEqual(['CASE_ASSIGNED', 'REFERRAL_DELIVERED']);
  expect(kindsIn(await inboxOf(supervision, viewers.plain(official, unitId)))).toEqual(['CASE_ASSIGNED']);
  expect(kindsIn(await inboxOf(supervision, viewers.jointOffice(COUNTY, unitId)))).toEqual(['REFERRAL_DELIVERED']);
  for (const other of [viewers.handler(above), viewers.handler(randomUUID()), viewers.plain(randomUUID(), unitId), viewers.jointOffice(COUNTY, randomUUID()), viewers.admin()]) {
    expect(kindsIn(await inboxOf(supervision, other))).toEqual([]);
  }
});

test('《信访工作条例》第三十条第三款: whom a report names is shown nothing of the case, and of a sealed case only exactly the unit that has it', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  const scope = (part: object, version: number) => haveCaseScope(supervision.db, { caseId, parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }], ...part }, version);
  const { id } = { id: (await raise(supervision, aNotice(unitId, { caseId }))).subject.id };
  const shown = async () => {
    const inbox = await inboxOf(supervision, handler);
    expect(inbox.unread).toBe(inbox.notifications.length);
    return inbox.notifications.map((one) => one.subject.id);
  };
  expect(await shown()).toEqual([id]);
  const itsCase = async () => (await supervision.client.query<{ myNotifications: { nodes: { case: object | null }[] } }>(handler, '{ myNotifications { nodes { case { id } } } }')).myNotifications.nodes;
  expect(await itsCase()).toEqual([{ case: { id: caseId } }]);
  await scope({ excluded: [{ kind: 'UNIT', id: unitId }] }, 2);
  expect(await shown()).toEqual([]);
  await scope({ isSealed: true }, 3);
  expect(await shown()).toEqual([id]);
  await scope({ isSealed: true, parties: [{ kind: 'UNIT', id: randomUUID(), role: 'LEAD' }] }, 4);
  expect(await shown()).toEqual([]);
  await scope({}, 5);
  expect(await shown()).toEqual([id]);
  // a unit that has no part in the case any more keeps the notice, without the case
  await scope({ parties: [] }, 6);
  expect([await shown(), await itsCase()]).toEqual([[id], [{ case: null }]]);
});

test('a notice whose case is not known here yet waits unseen', async () => {
  const { unitId, handler } = await aUnitWithCase();
  const notice = await raise(supervision, aNotice(unitId));
  expect(kindsIn(await inboxOf(supervision, handler))).toEqual([]);
  await haveCaseScope(supervision.db, { caseId: notice.caseId ?? '' });
  expect(kindsIn(await inboxOf(supervision, handler))).toEqual(['REFERRAL_DELIVERED']);
});

test('many are marked as read at once, all or none, each once; an invisible one is a missing one', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  for (let i = 0; i < 3; i += 1) await raise(supervision, aNotice(unitId, { caseId }));
  const strange = await aUnitWithCase();
  await raise(supervision, aNotice(strange.unitId, { caseId: strange.caseId }));
  const [foreign] = (await inboxOf(supervision, strange.handler)).notifications.map((one) => one.id);
  const [a = '', b = '', c = ''] = (await inboxOf(supervision, handler)).notifications.map((one) => one.id);
  for (const ids of [[a, foreign ?? ''], [a, randomUUID()], [a, 'none']]) expect(await markRead(supervision, handler, ids)).toMatchObject({ code: 'NOT_FOUND' });
  const idempotencyKey = key();
  expect(await markRead(supervision, handler, [a, b], idempotencyKey)).toEqual({ markedCount: 2, unreadCount: 1 });
  expect(await markRead(supervision, handler, [a, b], idempotencyKey)).toEqual({ markedCount: 2, unreadCount: 1 });
  expect(await markRead(supervision, handler, [b, c])).toEqual({ markedCount: 1, unreadCount: 0 });
  expect((await inboxOf(supervision, handler, { unreadOnly: true })).notifications).toEqual([]);
  expect(await select(supervision.db.manager, `SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'notification.read'`)).toEqual([{ n: '3' }]);
});

test('what arrives in the evening is in the list at once and disturbs in the morning', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  await at(supervision.db, '2025-08-04T12:00:00Z');
  await raise(supervision, aNotice(unitId, { caseId }));
  const evening = await inboxOf(supervision, handler);
  expect([evening.unread, evening.notifications[0]?.deliverAt.slice(0, 19)]).toEqual([0, '2025-08-05T01:00:00']);
  expect((await inboxOf(supervision, handler, { deliveredOnly: true })).notifications).toEqual([]);
  await at(supervision.db, '2025-08-05T01:00:01Z');
  expect((await inboxOf(supervision, handler, { deliveredOnly: true })).unread).toBe(1);
});

test('reminders are in the inbox of their recipient and once in that of the unit; read in one place is read in the other', async () => {
  const { db } = supervision;
  const head = randomUUID();
  const unitId = await haveKnownUnit(db, { headOfficialId: head });
  await haveKnownOfficial(db, unitId, head);
  const { caseId } = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: unitId, role: 'LEAD' }] });
  await declare(db, { caseId, obligorUnitId: unitId });
  await at(db, '2025-09-26T01:00:03Z');
  await sweepDeadlines(db, log);
  const mine = await inboxOf(supervision, viewers.plain(head, unitId));
  const ofUnit = await inboxOf(supervision, viewers.handler(unitId));
  expect([kindsIn(mine), kindsIn(ofUnit)]).toEqual([['DUTY_COMING_DUE'], ['DUTY_COMING_DUE']]);
  expect(mine.notifications[0]?.text).toMatch(/is due on 2025-10-09: 13 days left\. Basis: 《信访工作条例》第三十四条$/);
  await markRead(supervision, viewers.plain(head, unitId), mine.notifications.map((one) => one.id));
  expect(await select(db.manager, 'SELECT COUNT(*) AS n FROM reminders WHERE read_at IS NULL')).toEqual([{ n: '0' }]);
  expect((await inboxOf(supervision, viewers.handler(unitId))).unread).toBe(1);

  await at(db, '2025-10-09T01:00:03Z');
  await sweepDeadlines(db, log);
  const { myReminders } = await supervision.client.query<{ myReminders: { nodes: { id: string }[] } }>(viewers.plain(head, unitId), '{ myReminders(first: 1, filter: { unreadOnly: true }) { nodes { id } } }');
  await supervision.client.query(viewers.plain(head, unitId), 'mutation ($input: MarkReminderReadInput!) { markReminderRead(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), reminderId: myReminders.nodes[0]?.id },
  });
  const read = (await inboxOf(supervision, viewers.plain(head, unitId))).notifications.filter((one) => one.readAt !== null);
  expect(kindsIn({ unread: 0, notifications: read })).toEqual(['DUTY_COMING_DUE', 'DUTY_DUE_TODAY']);
});

test('a letter is told to the unit that has to reply, the reply to the office, the end to the unit', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  const office = await haveKnownUnit(supervision.db);
  const chief = viewers.jointOffice(COUNTY, office);
  const run = async (viewer: typeof chief, field: string, type: string, input: object) =>
    (await supervision.client.query<Record<string, { letter?: { id: string; version: number }; code?: string }>>(
      viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) { ... on SupervisionLetterPayload { letter { id version } } ... on SupervisionLetterRefusal { code } } }`,
      { input: { idempotencyKey: key(), ...input } },
    ))['answer'];
  const issued = await run(chief, 'issueSupervisionLetter', 'IssueSupervisionLetterInput', { kind: 'SUPERVISION_LETTER', caseId, toUnitId: unitId, ground: 'DELAY', body: '请说明。' });
  const [told] = (await inboxOf(supervision, handler)).notifications;
  expect(told?.text).toBe('A supervision letter has arrived: reply in time: 督〔2025〕0001号, reply due on 2025-08-11.');
  const letterId = issued?.letter?.id;
  await run(handler, 'replyToSupervisionLetter', 'ReplyToSupervisionLetterInput', { letterId, expectedVersion: 1, reply: '已办。' });
  expect(kindsIn(await inboxOf(supervision, chief))).toEqual(['LETTER_REPLIED']);
  await run(chief, 'closeSupervisionLetter', 'CloseSupervisionLetterInput', { letterId, expectedVersion: 2 });
  expect(kindsIn(await inboxOf(supervision, handler))).toEqual(['LETTER_CLOSED', 'LETTER_ISSUED']);
});

test('twenty notices with duty, letter, digest and case cost a fixed number of statements', async () => {
  const { unitId, caseId, handler } = await aUnitWithCase();
  const ask = () => supervision.client.query(handler, '{ myNotifications(first: 100) { nodes { text case { id } obligation { id } letter { id } digest { id } recipient { __typename } } } }');
  await raise(supervision, aNotice(unitId, { caseId }));
  const one = await supervision.counted(ask);
  for (let i = 0; i < 19; i += 1) await raise(supervision, aNotice(unitId, { caseId }));
  const many = await supervision.counted(ask);
  expect(many.statements).toBe(one.statements);
  expect(await countRows(supervision.db, 'notifications')).toBe(20);
});
