import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { putKnownOfficials } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, countRows, COUNTY, haveKnownUnit, openSupervision, type Supervision } from './builders';
import { aCounty, act, letterOf, send, sendApproved } from './instruments';
import { inboxOf, kindsIn } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2022-06-10T02:00:00Z');
});
afterAll(() => supervision.close());

const seenBy = async (viewer: Parameters<typeof inboxOf>[1], id: string): Promise<boolean> =>
  (await supervision.client.query<{ supervisionLetter: object | null }>(viewer, 'query ($id: ID!) { supervisionLetter(id: $id) { id } }', { id })).supervisionLetter !== null;

const duties = async (viewer: Parameters<typeof inboxOf>[1]): Promise<number> =>
  (await supervision.client.query<{ obligations: { totalCount: number } }>(viewer, '{ obligations(first: 1) { totalCount } }')).obligations.totalCount;

test('the book of kinds says what each form needs, in the viewer\'s language · rows 120, 128', async () => {
  const data = await supervision.client.query<{ instrumentKinds: { code: string }[]; accountabilityGrounds: object[] }>(
    viewers.handler(randomUUID()),
    `{ instrumentKinds { code name basis catalogueRows rung approver feedback replyDays replyUnit replyBasis needsEvidence needsAccountabilityGround preconditions { kinds measure needed } }
       accountabilityGrounds { code name basis } }`,
  );
  const of = (code: string) => data.instrumentKinds.find((kind) => kind.code === code);
  expect(of('IMPROVEMENT_SUGGESTION')).toMatchObject({
    name: 'Suggestion to improve work', feedback: 'ADOPTION', replyDays: 30, replyUnit: 'CALENDAR_DAY', replyBasis: expect.stringContaining('地方做法'), catalogueRows: [120],
  });
  expect(of('DISCIPLINE_INTERVIEW')).toMatchObject({ rung: 3, approver: 'DISCIPLINE', needsEvidence: true, preconditions: [{ needed: 1 }, { needed: 3, measure: 'NO_PROGRESS' }] });
  expect(data.accountabilityGrounds).toContainEqual({ code: 'RETALIATION', name: 'a petitioner was retaliated against', basis: '《信访工作条例》第四十六条第六项' });
});

test('第四十条: a suggestion to improve work goes to a unit without a case, and is answered with adoption and reasons · row 120', async () => {
  const { chief, unit, handler, city } = await aCounty(supervision);
  const issued = letterOf(await act(supervision, 'issue', chief, { kind: 'IMPROVEMENT_SUGGESTION', toUnitId: unit, ground: 'OTHER', body: '建议建立月度会商制度。' }));
  expect(issued).toMatchObject({ state: 'ISSUED', case: null, replyDueOn: '2022-07-11', obligation: { state: 'OPEN', dueOn: '2022-07-11' } });
  const input = { letterId: issued.id, expectedVersion: 1, reply: '已研究。' };
  expect(await act(supervision, 'reply', handler, input)).toMatchObject({ code: 'WRONG_FEEDBACK' });
  expect(await act(supervision, 'reply', handler, { ...input, adoption: 'PARTLY' })).toMatchObject({ code: 'WRONG_FEEDBACK' });
  const replied = letterOf(await act(supervision, 'reply', handler, { ...input, adoption: 'PARTLY', adoptionReason: '人员编制尚未落实。' }));
  expect(replied).toMatchObject({ state: 'REPLIED', adoption: 'PARTLY', adoptionReason: '人员编制尚未落实。', obligation: { state: 'MET' } });
  expect([await seenBy(city, issued.id), await seenBy(viewers.jointOffice('640105', randomUUID()), issued.id), await seenBy(viewers.handler(randomUUID()), issued.id)]).toEqual([true, false, false]);
});

test('第四十条第二款: a suggestion to a government above is answered to the office that made it, which sees what it waits for · rows 41, 120', async () => {
  const county = await aCounty(supervision);
  const government = await haveKnownUnit(supervision.db, { kind: 'GOVERNMENT', divisionCode: '640100' });
  const draft = letterOf(await act(supervision, 'issue', county.chief, { kind: 'POLICY_SUGGESTION', toUnitId: government, ground: 'OTHER', body: '建议统一过渡费标准。' }));
  const issued = letterOf(await act(supervision, 'decide', county.deputy, { letterId: draft.id, expectedVersion: 1, decision: 'APPROVE', reference: '信联办〔2022〕4号' }));
  expect(issued).toMatchObject({ state: 'ISSUED', case: null, obligation: { state: 'OPEN' } });
  const elsewhere = viewers.jointOffice('640105', randomUUID());
  expect([await duties(county.chief), await duties(county.city), await duties(viewers.handler(government)), await duties(elsewhere), await duties(county.handler)]).toEqual([1, 1, 1, 0, 0]);
});

test('what others approve is a draft first: seen by the issuing side alone, without number, day and duty, until somebody else approves it · rows 121, 130', async () => {
  const county = await aCounty(supervision);
  await send(supervision, county, 'URGE_NOTE');
  await send(supervision, county, 'SUPERVISION_LETTER');
  await at(supervision.db, '2022-06-20T02:00:00Z');
  const draft = letterOf(await act(supervision, 'issue', county.chief, { ...county.letter, kind: 'CIRCULAR', ...county.evidence }));
  expect(draft).toMatchObject({ state: 'DRAFTED', number: null, issuedOn: null, replyDueOn: null, obligation: null, approval: null });
  expect([await seenBy(county.handler, draft.id), await seenBy(county.city, draft.id), await seenBy(county.deputy, draft.id)]).toEqual([false, false, true]);
  const decide = (viewer: typeof county.chief, part: object = {}) =>
    act(supervision, 'decide', viewer, { letterId: draft.id, expectedVersion: 1, decision: 'APPROVE', reference: '信联会〔2022〕3号', ...part });
  expect(await decide(county.chief)).toMatchObject({ code: 'SAME_PERSON' });
  expect(await decide(county.deputy, { reference: null })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await decide(county.handler)).toMatchObject({ code: 'NOT_FOUND' });
  const issued = letterOf(await decide(county.deputy));
  expect(issued).toMatchObject({
    state: 'ISSUED', number: '督〔2022〕0003号', issuedOn: '2022-06-20', replyDueOn: '2022-06-27', obligation: { state: 'OPEN' }, issuedBy: { id: county.chief.subject },
    approval: { approvedBy: { id: county.deputy.subject }, reference: '信联会〔2022〕3号', approvedOn: '2022-06-20' }, accountabilityGrounds: [{ code: 'SHIRKED_OR_LATE', basis: '《信访工作条例》第四十五条第一项' }],
  });
  expect(await seenBy(county.handler, draft.id)).toBe(true);
  expect(kindsIn(await inboxOf(supervision, county.handler, { kinds: ['LETTER_ISSUED'] }))).toHaveLength(3);
  const steps = await select<{ action: string }>(supervision.db.manager, "SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY id", [draft.id]);
  expect(steps.map((step) => step.action)).toEqual(['letter.drafted', 'letter.issued']);
});

test('a draft that is not approved never went out, and says why · row 121', async () => {
  const county = await aCounty(supervision);
  const draft = letterOf(await act(supervision, 'issue', county.chief, { ...county.letter, kind: 'SUPERVISION_OPINION' }));
  const rejected = letterOf(await act(supervision, 'decide', county.deputy, { letterId: draft.id, expectedVersion: 1, decision: 'REJECT', reason: '事实尚未核实。' }));
  expect(rejected).toMatchObject({ state: 'WITHDRAWN', number: null, withdrawalReason: '事实尚未核实。' });
  expect([await seenBy(county.handler, draft.id), await countRows(supervision.db, 'obligations')]).toEqual([false, 0]);
});

test('the interview by the discipline organ: the third supervision without progress opens it, the organ approves, the record comes first, and what is agreed becomes a duty · rows 122, 128', async () => {
  const county = await aCounty(supervision);
  const notice = { ...county.letter, ...county.evidence, kind: 'DISCIPLINE_INTERVIEW', toOfficialId: county.leader, approverUnitId: county.organ };
  for (let i = 0; i < 2; i += 1) await send(supervision, county, 'SUPERVISION_LETTER');
  await at(supervision.db, '2022-06-20T02:00:00Z');
  expect(await act(supervision, 'issue', county.chief, notice)).toMatchObject({ code: 'RUNG_NOT_OPEN', message: expect.stringMatching(/needed/) });
  const third = await send(supervision, county, 'SUPERVISION_LETTER');
  await at(supervision.db, '2022-06-30T02:00:00Z');
  const draft = letterOf(await act(supervision, 'issue', county.chief, notice));
  expect(kindsIn(await inboxOf(supervision, county.inspector))).toEqual(['LETTER_DRAFTED']);
  expect(await act(supervision, 'decide', county.deputy, { letterId: draft.id, expectedVersion: 1, decision: 'APPROVE', reference: 'x' })).toMatchObject({ code: 'NOT_PERMITTED' });
  const issued = letterOf(await act(supervision, 'decide', county.inspector, { letterId: draft.id, expectedVersion: 1, decision: 'APPROVE', reference: '纪办〔2022〕5号' }));
  expect(issued).toMatchObject({ state: 'ISSUED', toOfficial: { id: county.leader }, approval: { unit: { id: county.organ } } });
  expect(await seenBy(county.head, issued.id)).toBe(true);
  expect(await act(supervision, 'close', county.chief, { letterId: issued.id, expectedVersion: 2 })).toMatchObject({ code: 'INTERVIEW_RECORD_MISSING' });
  await at(supervision.db, '2022-07-04T02:00:00Z');
  const record = { letterId: issued.id, expectedVersion: 2, heldOn: '2022-07-04', record: '该局负责人表示七月底前兑付到位。', rectifyBy: '2022-07-29' };
  expect(await act(supervision, 'record', county.inspector, { ...record, heldOn: '2022-06-29' })).toMatchObject({ code: 'DAY_NOT_ACCEPTABLE' });
  const recorded = letterOf(await act(supervision, 'record', county.inspector, record));
  expect(recorded).toMatchObject({ version: 3, interview: { heldOn: '2022-07-04', rectifyBy: '2022-07-29', rectification: { state: 'OPEN', dueOn: '2022-07-29' } }, obligation: { state: 'OPEN' } });
  expect([await duties(county.inspector), await duties(viewers.plain(county.inspector.subject, county.organ)), await duties(viewers.handler(randomUUID()))]).toEqual([2, 0, 0]);
  await haveCaseScope(supervision.db, { caseId: county.caseId, parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: county.organ }] }, 2);
  expect(await duties(county.inspector)).toBe(0);
  await haveCaseScope(supervision.db, { caseId: county.caseId, parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }] }, 3);
  const replied = letterOf(await act(supervision, 'reply', county.head, { letterId: issued.id, expectedVersion: 3, reply: '按约谈要求整改。' }));
  expect(replied).toMatchObject({ state: 'REPLIED', obligation: { state: 'MET', obligor: { __typename: 'Official' } } });
  const closed = letterOf(await act(supervision, 'close', county.chief, { letterId: issued.id, expectedVersion: 4, hasProgress: true }));
  expect(closed).toMatchObject({ state: 'CLOSED', hasProgress: true, interview: { rectification: { state: 'MET', dueOn: '2022-07-29', dutyName: 'rectify after the interview' } } });
  expect(third.state).toBe('ISSUED');
});

test('a suggestion of accountability goes to who has authority; the unit it is about sees it and may object, once, and somebody else decides · rows 121, 128', async () => {
  const county = await aCounty(supervision);
  const { unit, handler, committee, clerk, chief, deputy, city } = county;
  const suggestion = { ...county.letter, ...county.evidence, kind: 'LIABILITY_SUGGESTION', toUnitId: committee, aboutUnitId: unit };
  expect(await act(supervision, 'issue', chief, { ...suggestion, toUnitId: unit })).toMatchObject({ code: 'WRONG_ADDRESSEE' });
  expect(await act(supervision, 'issue', chief, { ...suggestion, accountabilityGrounds: [] })).toMatchObject({ code: 'ACCOUNTABILITY_GROUND_MISSING' });
  const issued = await sendApproved(supervision, county, 'LIABILITY_SUGGESTION', { toUnitId: committee, aboutUnitId: unit });
  expect([await seenBy(handler, issued.id), await seenBy(clerk, issued.id)]).toEqual([true, true]);
  expect(kindsIn(await inboxOf(supervision, handler))).toEqual(['LETTER_CONCERNS_UNIT']);
  const objection = { letterId: issued.id, expectedVersion: 2, text: '延误系上级审批所致。' };
  expect(await act(supervision, 'object', clerk, objection)).toMatchObject({ code: 'NOT_PERMITTED' });
  const objected = letterOf(await act(supervision, 'object', handler, objection));
  expect(await act(supervision, 'object', handler, { ...objection, expectedVersion: objected.version })).toMatchObject({ code: 'ALREADY_OBJECTED' });
  const judge = (viewer: typeof chief) => act(supervision, 'judge', viewer, { letterId: issued.id, expectedVersion: objected.version, decision: 'UPHELD', reason: '异议属实。' });
  expect([await judge(chief), await judge(deputy), await judge(handler)].map((one) => one.code)).toEqual(['SAME_PERSON', 'SAME_PERSON', 'NOT_PERMITTED']);
  expect(letterOf(await judge(city))).toMatchObject({ state: 'WITHDRAWN', withdrawalReason: '异议属实。', objection: { decision: 'UPHELD', decidedBy: { id: city.subject } }, obligation: { state: 'CANCELLED' } });
});

test('the way back: the issuing office takes a letter back with its reason, and the duty to reply falls away · row 121', async () => {
  const county = await aCounty(supervision);
  const issued = await send(supervision, county, 'SUPERVISION_LETTER');
  expect(await act(supervision, 'withdraw', county.chief, { letterId: issued.id, expectedVersion: 1, reason: ' ' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await act(supervision, 'withdraw', county.city, { letterId: issued.id, expectedVersion: 1, reason: '误发。' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(letterOf(await act(supervision, 'withdraw', county.chief, { letterId: issued.id, expectedVersion: 1, reason: '误发。' }))).toMatchObject({ state: 'WITHDRAWN', obligation: { state: 'CANCELLED' } });
  expect(await act(supervision, 'reply', county.handler, { letterId: issued.id, expectedVersion: 2, reply: '回复' })).toMatchObject({ code: 'WRONG_STATE' });
});

test('a commissioner urges and does not list; early supervision of a first petition is a ground and no rung · rows 133, 135', async () => {
  const county = await aCounty(supervision);
  expect(await send(supervision, county, 'URGE_NOTE', { asCommissioner: true, ground: 'FIRST_PETITION' })).toMatchObject({ issuedAs: 'COMMISSIONER', state: 'ISSUED' });
  const listing = { ...county.letter, ...county.evidence, kind: 'LISTING_DECISION', replyDueOn: '2022-12-31', asCommissioner: true };
  expect(await act(supervision, 'issue', county.chief, { ...listing, asCommissioner: false, replyDueOn: '2022-06-10' })).toMatchObject({ code: 'REPLY_DATE_NOT_ACCEPTABLE' });
  expect(await act(supervision, 'issue', county.chief, listing)).toMatchObject({ code: 'NOT_FOR_COMMISSIONER' });
  expect(await act(supervision, 'issue', county.chief, { ...county.letter, kind: 'PHONE_REMINDER', ground: 'FIRST_PETITION' })).toMatchObject({ code: 'FIRST_PETITION_IS_NO_RUNG' });
});

test('第三十条第三款: neither the addressee nor the unit that it is about nor the organ that approves may be named in the case\'s report', async () => {
  const county = await aCounty(supervision);
  const accused = await haveCaseScope(supervision.db, { parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: county.unit }, { kind: 'UNIT', id: county.committee }] });
  const about = { ...county.letter, ...county.evidence, caseId: accused.caseId };
  expect(await act(supervision, 'issue', county.chief, { ...about, kind: 'URGE_NOTE' })).toMatchObject({ code: 'UNIT_EXCLUDED' });
  expect(await act(supervision, 'issue', county.chief, { ...about, kind: 'LIABILITY_SUGGESTION', toUnitId: county.committee, aboutUnitId: county.unit })).toMatchObject({ code: 'UNIT_EXCLUDED' });
});

test('a draft about a case that has gone to another county since does not go out', async () => {
  const county = await aCounty(supervision);
  const draft = letterOf(await act(supervision, 'issue', county.chief, { ...county.letter, ...county.evidence, kind: 'SUPERVISION_OPINION' }));
  const parties = [{ kind: 'UNIT' as const, id: county.unit, role: 'LEAD' as const }, { kind: 'OFFICIAL' as const, id: county.deputy.subject, role: 'SPONSOR' as const }];
  await haveCaseScope(supervision.db, { caseId: county.caseId, divisionCode: '640105', parties }, 2);
  expect(await act(supervision, 'decide', county.deputy, { letterId: draft.id, expectedVersion: draft.version, decision: 'APPROVE', reference: '信联办〔2022〕4号' })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
});

test('a letter is addressed to who holds a post in the unit today: not from next month on, nor until yesterday · row 130', async () => {
  const county = await aCounty(supervision);
  const elsewhere = await haveKnownUnit(supervision.db);
  const answer = async (startedOn: string, endedOn: string | null) => {
    const officialId = randomUUID();
    const posts = [{ unitId: elsewhere, title: '副局长', kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null }, { unitId: county.unit, title: '局长', kind: 'ACTING', startedOn, endedOn }];
    await putKnownOfficials(supervision.db.manager, [{ officialId, staffNo: officialId.slice(0, 8), name: '干部', unitId: elsewhere, validTo: null, posts } as never]);
    const interview = { ...county.letter, ...county.evidence, kind: 'DISCIPLINE_INTERVIEW', toOfficialId: officialId, approverUnitId: county.organ };
    return (await act(supervision, 'issue', county.chief, interview)).code;
  };
  expect([await answer('2022-07-01', null), await answer('2022-01-01', '2022-06-10')]).toEqual(['WRONG_ADDRESSEE', 'WRONG_ADDRESSEE']);
  expect([await answer('2022-06-10', null), await answer('2022-01-01', '2022-06-11')]).toEqual(['RUNG_NOT_OPEN', 'RUNG_NOT_OPEN']);
});

test('letters hang under the unit that they are about and under the official, with filters, in one statement · row 120', async () => {
  const county = await aCounty(supervision);
  const other = await haveKnownUnit(supervision.db);
  await send(supervision, county, 'URGE_NOTE');
  await send(supervision, county, 'SUPERVISION_LETTER');
  const ask = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { supervisionLetters(first: 5, filter: { kinds: ["URGE_NOTE"] }) { totalCount nodes { kind { code } } } } } }`;
  const { result, statements } = await supervision.counted(() =>
    supervision.client.query<{ _entities: { supervisionLetters: { nodes: unknown[] } }[] }>(county.city, ask.replace('totalCount ', ''), { r: [county.unit, other].map((id) => ({ __typename: 'Unit', id })) }));
  expect([result._entities.map((one) => one.supervisionLetters.nodes.length), statements]).toEqual([[1, 0], 1]);
  const unknown = await supervision.client.ask(county.chief, 'mutation ($input: IssueSupervisionLetterInput!) { issueSupervisionLetter(input: $input) { __typename ... on SupervisionLetterRefusal { code } } }', {
    input: { idempotencyKey: 'unknown-kind', ...county.letter, kind: 'NO_SUCH' },
  });
  expect(unknown.data).toMatchObject({ issueSupervisionLetter: { code: 'KIND_UNKNOWN' } });
  expect(await act(supervision, 'issue', viewers.jointOffice(COUNTY, county.office), { ...county.letter, kind: 'URGE_NOTE', caseId: null })).toMatchObject({ code: 'CASE_MISSING' });
});
