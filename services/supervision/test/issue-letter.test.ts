import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { actorOf, at, countRows, COUNTY, deadlinesIn, haveKnownUnit, key, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2021-06-10T02:00:00Z');
});
afterAll(() => supervision.close());

const LETTER = `letter { id number state version issuedOn replyDueOn reply repliedOn closedOn basis fromUnit { id } toUnit { id } issuedBy { id }
  obligation { id state dutyName dueOn metOn explainDeadline { check } obligor { ... on Unit { id } } } }`;
const answer = `{ __typename ... on SupervisionLetterPayload { ${LETTER} } ... on SupervisionLetterRefusal { code message basis } }`;

interface Letter {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
  readonly obligation: { readonly id: string; readonly state: string } | null;
}
type Answer = { __typename: string; letter?: Letter; code?: string };
const MUTATIONS = { issue: ['issueSupervisionLetter', 'Issue'], reply: ['replyToSupervisionLetter', 'ReplyTo'], close: ['closeSupervisionLetter', 'Close'] } as const;

async function run(kind: keyof typeof MUTATIONS, viewer: Viewer, input: object): Promise<Answer> {
  const [field, prefix] = MUTATIONS[kind];
  const data = await supervision.client.query<Record<string, Answer>>(
    viewer, `mutation ($input: ${prefix}SupervisionLetterInput!) { answer: ${field}(input: $input) ${answer} }`, { input: { idempotencyKey: key(), ...input } },
  );
  return data['answer'] as Answer;
}

async function aCase() {
  const unit = await haveKnownUnit(supervision.db);
  const office = await haveKnownUnit(supervision.db);
  const registrar = await haveKnownUnit(supervision.db);
  const scope = await haveCaseScope(supervision.db, { parties: [{ kind: 'UNIT', id: unit, role: 'SUPPORT' }, { kind: 'UNIT', id: registrar, role: 'REGISTRAR' }] });
  const input = { kind: 'SUPERVISION_LETTER', caseId: scope.caseId, toUnitId: unit, ground: 'DELAY', body: '请说明拖延原因。' };
  return { unit, office, registrar, scope, input, chief: viewers.jointOffice(COUNTY, office), handler: viewers.handler(unit) };
}

test('督办函 is issued, replied to, closed; the obligation to reply goes along (第四十条) · row 120', async () => {
  const { unit, office, input, chief, handler } = await aCase();
  const issued = await run('issue', chief, input);
  expect(issued.letter).toMatchObject({
    number: '督〔2021〕0001号', state: 'ISSUED', issuedOn: '2021-06-10', replyDueOn: '2021-06-17', basis: '《信访工作条例》第四十条', fromUnit: { id: office }, toUnit: { id: unit },
    issuedBy: { id: chief.subject }, obligation: { state: 'OPEN', dueOn: '2021-06-17', dutyName: 'reply to the supervision letter', explainDeadline: { check: 'CONFIRMED' }, obligor: { id: unit } },
  });
  await at(supervision.db, '2021-06-15T02:00:00Z');
  const letterId = issued.letter?.id;
  const replied = await run('reply', handler, { letterId, expectedVersion: 1, reply: '已约见当事人，月底前办结。' });
  expect(replied.letter).toMatchObject({ state: 'REPLIED', version: 2, repliedOn: '2021-06-15', obligation: { state: 'MET', metOn: '2021-06-15' } });
  const closed = await run('close', chief, { letterId, expectedVersion: 2 });
  expect(closed.letter).toMatchObject({ state: 'CLOSED', version: 3, closedOn: '2021-06-15', obligation: { state: 'MET' } });
  expect(new Set((await deadlinesIn(supervision.db, issued.letter?.obligation?.id ?? '')).map((one) => one.state))).toEqual(new Set(['CANCELLED']));
  expect(await run('reply', handler, { letterId, expectedVersion: 3, reply: '再补充。' })).toMatchObject({ code: 'WRONG_STATE' });
});

test('closed without a reply, the obligation to reply falls away', async () => {
  const { input, chief } = await aCase();
  const issued = await run('issue', chief, input);
  const closed = await run('close', chief, { letterId: issued.letter?.id, expectedVersion: 1 });
  expect(closed.letter).toMatchObject({ state: 'CLOSED', obligation: { state: 'CANCELLED' } });
});

test('twenty issued at once are numbered without gap or double, refused ones take no number', async () => {
  const { input, chief, office, registrar } = await aCase();
  const actor = actorOf(chief);
  const made = await Promise.all(Array.from({ length: 25 }, (_unused, i) =>
    supervision.services.letters.issue({ ...input, idempotencyKey: key(), toUnitId: i % 5 === 4 ? registrar : input.toUnitId } as never, actor)));
  expect(made.filter((one) => 'letterId' in one)).toHaveLength(20);
  const rows = await select<{ serial: number }>(supervision.db.manager, 'SELECT serial FROM supervision_letters WHERE from_unit_id = ? ORDER BY serial', [office]);
  expect(rows.map((row) => row.serial)).toEqual(Array.from({ length: 20 }, (_unused, i) => i + 1));
}, 60_000);

test('each unit and each year count from 0001', async () => {
  const { input, chief } = await aCase();
  const neighbour = viewers.jointOffice(COUNTY, await haveKnownUnit(supervision.db));
  const numbers = [await run('issue', chief, input), await run('issue', chief, input), await run('issue', neighbour, input)].map((one) => one.letter?.number);
  await at(supervision.db, '2021-12-31T16:00:00Z');
  numbers.push((await run('issue', chief, input)).letter?.number);
  expect(numbers).toEqual(['督〔2021〕0001号', '督〔2021〕0002号', '督〔2021〕0001号', '督〔2022〕0001号']);
});

test('the same key twice is one letter; with another text it is a mistake', async () => {
  const { input, chief } = await aCase();
  const idempotencyKey = key();
  const first = await run('issue', chief, { ...input, idempotencyKey });
  expect(await run('issue', chief, { ...input, idempotencyKey })).toEqual(first);
  expect(await countRows(supervision.db, 'supervision_letters')).toBe(1);
  const other = await supervision.client.ask(chief, `mutation ($input: IssueSupervisionLetterInput!) { issueSupervisionLetter(input: $input) { __typename } }`, { input: { ...input, idempotencyKey, body: '另一正文' } });
  expect(JSON.stringify(other.errors)).toContain('idempotency key');
});

test.each<[string, string, (it: Awaited<ReturnType<typeof aCase>>) => [Viewer, object]]>([
  ['a handler may not issue', 'NOT_PERMITTED', (it) => [it.handler, {}]],
  ['an office of another county', 'NOT_FOUND', (it) => [viewers.jointOffice('640105', it.office), {}]],
  ['an unknown case', 'NOT_FOUND', (it) => [it.chief, { caseId: randomUUID() }]],
  ['a unit that only registered', 'UNIT_NOT_IN_CASE', (it) => [it.chief, { toUnitId: it.registrar }]],
  ['a unit without any part', 'UNIT_NOT_IN_CASE', (it) => [it.chief, { toUnitId: it.office }]],
  ['a blank text', 'TEXT_NOT_ACCEPTABLE', (it) => [it.chief, { body: '  ' }]],
  ['4,001 characters', 'TEXT_NOT_ACCEPTABLE', (it) => [it.chief, { body: '字'.repeat(4001) }]],
  ['a reply due today', 'REPLY_DATE_NOT_ACCEPTABLE', (it) => [it.chief, { replyDueOn: '2021-06-10' }]],
])('%s is refused and leaves no trace', async (_sentence, code, make) => {
  const it = await aCase();
  const [viewer, change] = make(it);
  expect(await run('issue', viewer, { ...it.input, ...change })).toMatchObject({ code });
  expect(await Promise.all(['supervision_letters', 'obligations', 'letter_counters', 'idempotency_keys'].map((table) => countRows(supervision.db, table)))).toEqual([0, 0, 0, 0]);
});

test('a part in a case of another county shows it and commands nothing; the office above that county may', async () => {
  const it = await aCase();
  const sponsor = viewers.jointOffice('640105', it.office);
  await haveCaseScope(supervision.db, { ...it.scope, parties: [...it.scope.parties, { kind: 'OFFICIAL', id: sponsor.subject, role: 'SPONSOR' }, { kind: 'UNIT', id: it.office, role: 'REFERRED' }] }, 2);
  const referred = { ...viewers.jointOffice('640105', it.office), roles: ['JOINT_OFFICE' as const, 'UNIT_HANDLER' as const] };
  for (const viewer of [sponsor, referred]) expect(await run('issue', viewer, it.input)).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await countRows(supervision.db, 'supervision_letters')).toBe(0);
  expect(await run('issue', viewers.jointOffice('640100', it.office), it.input)).toMatchObject({ letter: { state: 'ISSUED' } });
});

test('第三十条第三款: no letter to the unit that the report names', async () => {
  const { db } = supervision;
  const it = await aCase();
  const scope = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: it.unit, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: it.unit }] });
  expect(await run('issue', it.chief, { ...it.input, caseId: scope.caseId })).toMatchObject({ code: 'UNIT_EXCLUDED' });
});

test('only the addressed unit replies, only the issuing unit closes', async () => {
  const it = await aCase();
  const letterId = (await run('issue', it.chief, it.input)).letter?.id;
  const reply = (viewer: Viewer) => run('reply', viewer, { letterId, expectedVersion: 1, reply: '回复' });
  expect(await reply(it.chief)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await reply(viewers.handler(it.office))).toMatchObject({ code: 'NOT_FOUND' });
  const neighbour = viewers.jointOffice(COUNTY, await haveKnownUnit(supervision.db));
  expect(await run('close', neighbour, { letterId, expectedVersion: 1 })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await run('close', it.handler, { letterId, expectedVersion: 1 })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await reply(it.handler)).toMatchObject({ letter: { state: 'REPLIED' } });
});

test('two replies at once: one is in, the other meets CONFLICT or a replied letter', async () => {
  const it = await aCase();
  const letterId = (await run('issue', it.chief, it.input)).letter?.id ?? '';
  const results = await Promise.allSettled(
    ['甲', '乙'].map((reply) => supervision.services.letters.reply({ idempotencyKey: key(), letterId, expectedVersion: 1, reply }, actorOf(it.handler))),
  );
  expect(results.filter((one) => one.status === 'fulfilled' && 'letterId' in one.value)).toHaveLength(1);
  const stale = await supervision.client.ask(it.handler, `mutation ($input: ReplyToSupervisionLetterInput!) { replyToSupervisionLetter(input: $input) { __typename } }`, {
    input: { idempotencyKey: key(), letterId, expectedVersion: 1, reply: '丙' },
  });
  expect(JSON.stringify(stale.errors)).toContain('Somebody changed this first');
});
