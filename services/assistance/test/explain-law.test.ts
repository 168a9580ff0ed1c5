import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Session {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
let stage: Stage;
let d: Departments;
let official: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  official = await stage.haveOfficial(d.lead);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const session = () => acting<Session>(stage, {
  payload: 'ExplanationPayload', refusal: 'ExplanationRefusal', field: 'explanation',
  fields: 'id state version kind { code } topic place heldOn explained documents official { id } answeredOn',
});
const anOffer = (part: object = {}) => ({ caseId: d.caseId, kind: 'POLICY_EXPLANATION', officialId: official, topic: '不动产首次登记的条件与程序', ...part });
const on = ({ id, version }: Session, part: object = {}) => ({ explanationId: id, expectedVersion: version, ...part });
const accepted = async (part: object = {}): Promise<Session> =>
  session().done(d.sender, 'answerExplanation', on(await session().done(d.sender, 'offerExplanation', anOffer(part)), { answer: 'ACCEPTED', answeredOn: '2024-03-01', place: 'COMMUNITY' }));

test('policy is explained with papers where the petitioner chose · row 110', async () => {
  const agreed = await accepted();
  expect(agreed).toMatchObject({ state: 'ACCEPTED', place: 'COMMUNITY' });
  expect(await session().act(d.sender, 'holdExplanation', on(agreed, { heldOn: '2024-03-01', explained: '首次登记须缴清税费' }))).toMatchObject({ code: 'DOCUMENTS_MISSING', basis: expect.stringContaining('第三十二条') });
  expect(await session().done(d.sender, 'holdExplanation', on(agreed, { heldOn: '2024-03-01', explained: '首次登记须缴清税费；证缴分离后可先行办理。', documents: ['《不动产登记暂行条例》', ' 证缴分离指导意见 '] })))
    .toMatchObject({ state: 'HELD', documents: ['《不动产登记暂行条例》', '证缴分离指导意见'], official: { id: official } });
});

test('law, reason and feeling are explained together, and nothing about the person is kept · row 34', async () => {
  const agreed = await accepted({ kind: 'LAW_AND_REASON' });
  expect(await session().done(d.sender, 'holdExplanation', on(agreed, { heldOn: '2024-03-01', explained: '法律规定、处理理由和本单位的难处' }))).toMatchObject({ state: 'HELD', documents: [] });
  const fields = await stage.client.query<{ __type: { fields: { name: string }[] } }>(d.sender, '{ __type(name: "ExplanationSession") { fields { name } } }');
  expect(fields.__type.fields.map(({ name }) => name).sort()).toEqual(['answeredOn', 'case', 'documents', 'explained', 'heldOn', 'id', 'kind', 'offeredOn', 'official', 'place', 'state', 'topic', 'unit', 'version']);
});

test('talk goes on as long as the petitioner wants it, also after finality; whoever declines is asked nothing · rows 72, 109', async () => {
  await stage.haveCase({ caseId: d.caseId, status: 'TERMINATED', parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }] });
  for (const _again of [1, 2]) await session().done(d.sender, 'holdExplanation', on(await accepted({ kind: 'CONTINUED_TALK' }), { heldOn: '2024-03-01', explained: '终结后的救济途径' }));
  const agreed = await accepted({ kind: 'CONTINUED_TALK' });
  expect(await session().act(d.sender, 'answerExplanation', on(agreed, { answer: 'DECLINED', answeredOn: '2024-03-01', place: 'PHONE' }))).toMatchObject({ code: 'PLACE_INVALID' });
  const declined = await session().done(d.sender, 'answerExplanation', on(agreed, { answer: 'DECLINED', answeredOn: '2024-03-01' }));
  expect(declined).toMatchObject({ state: 'DECLINED', place: null });
  expect(await session().act(d.sender, 'holdExplanation', on(declined, { heldOn: '2024-03-01', explained: '仍然进行' }))).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('nothing is held that was not accepted, and no explanation asks for a waiver · rows 109, 110', async () => {
  const offered = await session().done(d.sender, 'offerExplanation', anOffer());
  expect(await session().act(d.sender, 'holdExplanation', on(offered, { heldOn: '2024-03-01', explained: '政策', documents: ['文件'] }))).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await session().act(d.sender, 'offerExplanation', anOffer({ topic: '教育其停访息诉' }))).toMatchObject({ code: 'CONDITIONAL' });
  expect(await session().act(d.sender, 'answerExplanation', on(offered, { answer: 'ACCEPTED', answeredOn: '2024-03-01' }))).toMatchObject({ code: 'PLACE_INVALID' });
  expect(await session().done(d.sender, 'callOffExplanation', on(offered))).toMatchObject({ state: 'CALLED_OFF' });
});

test('an official in office of the unit explains; others see nothing; lists cost one statement · rows 34, 110', async () => {
  expect(await session().act(d.sender, 'offerExplanation', anOffer({ officialId: await stage.haveOfficial(d.aid) }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  const offered = await session().done(d.sender, 'offerExplanation', anOffer());
  expect(await session().act(d.stranger, 'callOffExplanation', on(offered))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await session().act(d.jointOffice, 'callOffExplanation', on(offered))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'explanationSessions' })).toEqual({ found: [[offered.id], null], statements: 2 });
  expect(await listed(stage, d.sender, { type: 'Unit', ids: [d.lead, d.other], field: 'explanationSessions' })).toEqual({ found: [[offered.id], []], statements: 1 });
  expect((await listed(stage, viewers.plain(), { type: 'Unit', ids: [d.lead], field: 'explanationSessions' })).found).toEqual([[]]);
});

test('whoever explains is of the unit that offers, not of another one that the viewer acts for; left out, it is the viewer · row 110', async () => {
  const [one, sibling] = [await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] }), await stage.haveUnit('信访局二科', { ancestorIds: [d.lead] })];
  expect(await session().act(d.sender, 'offerExplanation', anOffer({ unitId: one, officialId: await stage.haveOfficial(sibling) }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  const own = await stage.haveOfficial(one);
  expect(await session().done(d.sender, 'offerExplanation', anOffer({ unitId: one, officialId: own }))).toMatchObject({ official: { id: own } });
  // an acting post is one, too, and one that begins later is none
  const acting = (startedOn: string) => stage.haveOfficial(d.aid, [{ unitId: d.lead, kind: 'ACTING', startedOn, endedOn: '2024-06-30' }]);
  expect(await session().act(d.sender, 'offerExplanation', anOffer({ officialId: await acting('2024-03-02') }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  expect(await session().done(d.sender, 'offerExplanation', anOffer({ officialId: await acting('2024-02-01') }))).toMatchObject({ state: 'OFFERED' });
  const inPerson = viewers.handler(d.lead, official);
  expect(await session().done(inPerson, 'offerExplanation', anOffer({ unitId: one, officialId: undefined }))).toMatchObject({ official: { id: official } });
});

test('第三十条第三款: a unit that is kept out of the case offers nothing in it, by whoever acts for it', async () => {
  const below = await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: below }] });
  expect(await session().act(d.sender, 'offerExplanation', anOffer({ unitId: below, officialId: await stage.haveOfficial(below) }))).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第三十条第三款' });
  expect(await session().done(d.sender, 'offerExplanation', anOffer())).toMatchObject({ state: 'OFFERED' });
});

test('what a unit offered stays its own to hold or call off when the case goes to another lead; the official who explains sees it too · rows 34, 110', async () => {
  const offered = await session().done(d.sender, 'offerExplanation', anOffer());
  await stage.haveCase({ caseId: d.caseId, leadUnitId: d.aid, parties: [{ kind: 'UNIT', id: d.aid, role: 'LEAD' }] });
  const sees = async (viewer: typeof d.sender) =>
    (await stage.client.query<{ explanationSession: object | null }>(viewer, 'query ($id: ID!) { explanationSession(id: $id) { case { id } } }', { id: offered.id })).explanationSession;
  expect([await sees(d.sender), await sees(viewers.plain(official)), await sees(viewers.plain())]).toEqual([{ case: null }, { case: null }, null]);
  expect(await session().done(d.sender, 'callOffExplanation', on(offered))).toMatchObject({ state: 'CALLED_OFF' });
});
