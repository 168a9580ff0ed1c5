import { asking, caseLedBy, castOf, deputyOf, dutyIn, type Cast, type Told, type Who } from './story-cast';
import { createGraphClient, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

interface Letter {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
const letters = asking<Letter>(graph, {
  payload: 'SupervisionLetter', field: 'letter',
  fields: `id number state version issuedOn hasProgress withdrawalReason adoption evidence kind { code rung } issuedBy { id } accountabilityGrounds { code basis } approval { approvedBy { id } unit { id } reference }
    objection { text decision by { id } decidedBy { id } } interview { heldOn rectifyBy rectification { state dueOn } } obligation { state }`,
});
const on = ({ id, version }: Letter, part: object = {}) => ({ letterId: id, expectedVersion: version, ...part });

let unit: Cast;
let organ: Cast;
let deputy: Who;
let handler: Who;
let inspector: Who;
beforeAll(async () => {
  [unit, organ] = await Promise.all([castOf(graph, 'NX-640104-RSJ'), castOf(graph, 'NX-640104-JW')]);
  deputy = deputyOf(await castOf(graph, 'NX-640104-XLB'));
  [handler, inspector] = [unit.as(1, 'UNIT_HANDLER'), organ.as(1, 'UNIT_HANDLER')];
});

const EVIDENCE = { evidence: '督查记录〔2022〕7号', accountabilityGrounds: ['SHIRKED_OR_LATE'] };
const about = (caseId: string, kind: string, part: object = {}) => ({ kind, caseId, toUnitId: unit.unitId, ground: 'DELAY', body: '请说明拖延原因和下一步措施。', ...part });
const issue = (caseId: string, kind: string, part: object = {}): Promise<Told<Letter>> => letters.ask('district-office', 'issueSupervisionLetter', about(caseId, kind, part));
const send = (caseId: string, kind: string, part: object = {}) => letters.have('district-office', 'issueSupervisionLetter', about(caseId, kind, part));
const decide = (who: Who, draft: Letter) => letters.ask(who, 'decideSupervisionLetterDraft', on(draft, { decision: 'APPROVE', reference: '信联会〔2022〕3号' }));
const withoutProgress = (letter: Letter) => letters.have('district-office', 'closeSupervisionLetter', on(letter, { hasProgress: false }));

async function approved(caseId: string, kind: string, part: object = {}): Promise<Letter> {
  const draft = await send(caseId, kind, { ...EVIDENCE, ...part });
  expect(draft).toMatchObject({ state: 'DRAFTED', number: null, obligation: null });
  expect(await decide('district-office', draft)).toMatchObject({ code: 'SAME_PERSON' });
  const { node, ...no } = await decide(deputy, draft);
  if (!node) throw new Error(`not approved: ${JSON.stringify(no)}`);
  expect(node).toMatchObject({ state: 'ISSUED', approval: { reference: '信联会〔2022〕3号' }, obligation: { state: 'OPEN' } });
  return node;
}

async function ladder(caseId: string): Promise<{ taken: number[]; next: number | null }> {
  const { ladderOf } = await graph.query<{ ladderOf: { nextRung: number | null; rungs: { taken: number }[] } }>('district-office', 'query ($c: ID!, $u: ID!) { ladderOf(caseId: $c, unitId: $u) { nextRung rungs { taken } } }', { c: caseId, u: unit.unitId });
  return { taken: ladderOf.rungs.map((one) => one.taken), next: ladderOf.nextRung };
}

test('内蒙古 的阶梯: 电话提醒, 通报, 约谈 and 问责建议 each open only after the one before, on evidence and by another hand; an objection and a withdrawal lead back · rows 120, 121, 128', async () => {
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '征地补偿款兑付问题' });
  expect(await ladder(caseId)).toEqual({ taken: [0, 0, 0, 0], next: null });
  expect(await issue(caseId, 'PHONE_REMINDER')).toMatchObject({ code: 'RUNG_NOT_OPEN' });

  // 督办函, answered with words only
  const urged = await send(caseId, 'SUPERVISION_LETTER');
  const replied = await letters.have(handler, 'replyToSupervisionLetter', on(urged, { reply: '正在研究。' }));
  expect(replied).toMatchObject({ state: 'REPLIED', obligation: { state: 'MET' } });
  await withoutProgress(replied);
  expect(await ladder(caseId)).toEqual({ taken: [0, 0, 0, 0], next: 1 });

  // 电话提醒: a withdrawn one is as if it had not been; what comes after is not open yet
  const reminded = await send(caseId, 'PHONE_REMINDER');
  expect(reminded).toMatchObject({ state: 'ISSUED', kind: { rung: 1 } });
  expect(await issue(caseId, 'CIRCULAR', EVIDENCE)).toMatchObject({ code: 'RUNG_NOT_OPEN' });
  expect(await letters.have('district-office', 'withdrawSupervisionLetter', on(reminded, { reason: '登记有误。' }))).toMatchObject({ state: 'WITHDRAWN', withdrawalReason: '登记有误。', obligation: { state: 'CANCELLED' } });
  expect(await ladder(caseId)).toEqual({ taken: [0, 0, 0, 0], next: 1 });
  await withoutProgress(await send(caseId, 'PHONE_REMINDER'));
  expect(await ladder(caseId)).toEqual({ taken: [1, 0, 0, 0], next: 2 });

  // 通报: on evidence, by resolution; the unit objects, a city office that had no part decides for it
  expect(await issue(caseId, 'CIRCULAR')).toMatchObject({ code: 'EVIDENCE_MISSING' });
  const wrong = await approved(caseId, 'CIRCULAR');
  const objected = await letters.have(handler, 'objectToSupervisionLetter', on(wrong, { text: '延误系上级审批所致，材料附后。' }));
  const judge = (who: Who) => letters.ask(who, 'decideLetterObjection', on(objected, { decision: 'UPHELD', reason: '异议属实。' }));
  const city = (await castOf(graph, 'NX-640100-XLB')).as(0, 'JOINT_OFFICE');
  expect([(await judge('district-office')).code, (await judge(deputy)).code, (await judge(handler)).code]).toEqual(['SAME_PERSON', 'SAME_PERSON', 'NOT_PERMITTED']);
  expect((await judge(city)).node).toMatchObject({ state: 'WITHDRAWN', objection: { decision: 'UPHELD', by: { id: unit.people[1]?.id }, decidedBy: { id: city['sub'] } }, obligation: { state: 'CANCELLED' } });
  expect(await ladder(caseId)).toEqual({ taken: [1, 0, 0, 0], next: 2 });
  await withoutProgress(await approved(caseId, 'CIRCULAR'));

  // 约谈: with the head of the unit; nothing is closed without its record, and what was agreed is owed
  const interview = { toOfficialId: unit.people[0]?.id };
  expect(await issue(caseId, 'INTERVIEW_NOTICE', { ...interview, evidence: EVIDENCE.evidence })).toMatchObject({ code: 'ACCOUNTABILITY_GROUND_MISSING' });
  const suggestion = { ...EVIDENCE, toUnitId: organ.unitId, aboutUnitId: unit.unitId };
  expect(await issue(caseId, 'ACCOUNTABILITY_SUGGESTION', suggestion)).toMatchObject({ code: 'RUNG_NOT_OPEN' });
  const notice = await approved(caseId, 'INTERVIEW_NOTICE', interview);
  expect(await letters.ask('district-office', 'closeSupervisionLetter', on(notice, { hasProgress: false }))).toMatchObject({ code: 'INTERVIEW_RECORD_MISSING' });
  const recorded = await letters.have('district-office', 'recordInterview', on(notice, { heldOn: '2022-09-27', record: '该局负责人表示十月底前兑付到位。', rectifyBy: '2022-10-31' }));
  expect(recorded).toMatchObject({ interview: { rectifyBy: '2022-10-31', rectification: { state: 'OPEN', dueOn: '2022-10-31' } } });
  expect(await dutyIn(graph, caseId, { dutyCode: 'RECTIFY_AFTER_INTERVIEW', state: 'OPEN' })).toMatchObject([{ obligor: { id: unit.unitId } }]);
  await withoutProgress(recorded);
  expect(await ladder(caseId)).toEqual({ taken: [1, 1, 1, 0], next: 4 });

  // 问责建议: to whoever has authority, about the unit, on a ground of 第四十二条至第四十六条, answered with adoption
  expect(await issue(caseId, 'ACCOUNTABILITY_SUGGESTION', { ...suggestion, accountabilityGrounds: [] })).toMatchObject({ code: 'ACCOUNTABILITY_GROUND_MISSING' });
  const suggested = await approved(caseId, 'ACCOUNTABILITY_SUGGESTION', suggestion);
  expect(suggested).toMatchObject({ accountabilityGrounds: [{ code: 'SHIRKED_OR_LATE', basis: '《信访工作条例》第四十五条第一项' }] });
  expect(await letters.have(inspector, 'replyToSupervisionLetter', on(suggested, { reply: '已研究并立项。', adoption: 'ADOPTED' }))).toMatchObject({ state: 'REPLIED', adoption: 'ADOPTED', obligation: { state: 'MET' } });
  expect(await ladder(caseId)).toEqual({ taken: [1, 1, 1, 1], next: null });
});

test('多次督办仍无进展: after the third supervision without progress the discipline organ that was asked approves and holds the interview, each step told with who did it · rows 121, 122, 130', async () => {
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '宅基地确权登记问题' });
  const notice = { ...EVIDENCE, toOfficialId: unit.people[0]?.id, approverUnitId: organ.unitId };
  for (const kind of ['URGE_NOTE', 'SUPERVISION_LETTER']) await withoutProgress(await send(caseId, kind));
  expect(await issue(caseId, 'DISCIPLINE_INTERVIEW', notice)).toMatchObject({ code: 'RUNG_NOT_OPEN' });
  await withoutProgress(await send(caseId, 'SUPERVISION_LETTER'));
  const draft = await send(caseId, 'DISCIPLINE_INTERVIEW', notice);
  expect((await decide(deputy, draft)).code).toBe('NOT_PERMITTED');
  const issued = (await decide(inspector, draft)).node;
  if (!issued) throw new Error('the organ did not approve');
  expect(issued).toMatchObject({ state: 'ISSUED', kind: { rung: 3 }, approval: { approvedBy: { id: organ.people[1]?.id }, unit: { id: organ.unitId } } });
  const recorded = await letters.have(inspector, 'recordInterview', on(issued, { heldOn: '2022-09-27', record: '该局负责人说明原因并提出整改措施。', rectifyBy: '2022-10-31' }));
  const answered = await letters.have(unit.as(0, 'UNIT_HANDLER'), 'replyToSupervisionLetter', on(recorded, { reply: '按约谈要求整改到位。' }));
  expect(await letters.have('district-office', 'closeSupervisionLetter', on(answered, { hasProgress: true }))).toMatchObject({ state: 'CLOSED', hasProgress: true, interview: { rectification: { state: 'MET' } } });
  await settled(system);
  const { case: told } = await graph.query<{ case: { supervisionLetters: { nodes: { kind: { code: string }; issuedBy: { name: string }; repliedBy: { name: string } | null; approval: { approvedBy: { name: string } } | null }[] } } }>(
    'district-office', 'query ($id: ID!) { case(id: $id) { supervisionLetters(first: 10) { nodes { kind { code } issuedBy { name } repliedBy { name } approval { approvedBy { name } } } } } }', { id: caseId },
  );
  expect(told.supervisionLetters.nodes).toHaveLength(4);
  expect(told.supervisionLetters.nodes.find((one) => one.kind.code === 'DISCIPLINE_INTERVIEW')).toMatchObject({
    issuedBy: { name: expect.any(String) as string }, repliedBy: { name: unit.people[0]?.name }, approval: { approvedBy: { name: organ.people[1]?.name } },
  });
});
