import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { setBusinessNow, viewers } from '@anjie/testing';
import { assign, count, faultOf, type Answer } from './asking';
import { mutate } from './campaign-asking';
import { key, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
let caseId: string;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  caseId = (await register(world)).case.id;
  await assign(world, caseId);
});
afterAll(() => world?.close());

interface Marked extends Answer {
  readonly mark: { id: string; kind: string; colour: string | null; ground: string | null; progressClass: string | null; level: number | null; facts: object[]; markedOn: string; markedBy: { id: string }; reviewOn: string; replacedOn: string | null };
  readonly case: { version: number; urgencyColour: string | null; progressClass: string | null; difficulty: number | null };
}
const FIELDS = `... on CaseMarkPayload { mark { id kind colour ground progressClass level facts { criterion fact } reason markedOn markedBy { id } reviewOn replacedOn } case { version urgencyColour progressClass difficulty } }
  ... on CaseMarkRefusal { code message basis }`;
const words = { reason: '危房已现裂缝，雨季将至', reviewOn: '2022-10-27' };
type Part = Record<string, unknown>;
const set = (name: string, part: Part, viewer: Viewer = people.county) => mutate<Marked>(world, viewer, { name, fields: FIELDS, input: { caseId, expectedVersion: 2, ...words, ...part } });
const colour = (part: Part = {}, viewer?: Viewer) => set('setUrgencyColour', { colour: 'RED', ground: 'HARM', ...part }, viewer);
const progress = (part: Part = {}, viewer?: Viewer) => set('setProgressClass', { progressClass: 'B', ...part }, viewer);
const difficulty = (part: Part = {}, viewer?: Viewer) =>
  set('setDifficulty', { facts: [{ criterion: 'TIME_SPAN', fact: '2008年至今14年' }, { criterion: 'HEADCOUNT', fact: '涉及129户' }], ...part }, viewer);

test('三色 × 三类 and difficulty are three marks of the matter, each set by a person with reason, day and review · row 26', async () => {
  expect(await colour()).toMatchObject({ mark: { kind: 'URGENCY_COLOUR', colour: 'RED', ground: 'HARM', progressClass: null, level: null, facts: [], markedOn: '2022-09-27', markedBy: { id: people.county.subject }, reviewOn: '2022-10-27', replacedOn: null } });
  expect(await progress({ expectedVersion: 3 })).toMatchObject({ mark: { kind: 'PROGRESS_CLASS', progressClass: 'B', colour: null, ground: null } });
  expect(await difficulty({ expectedVersion: 4 })).toMatchObject({
    mark: { kind: 'DIFFICULTY', level: 2, facts: [{ criterion: 'TIME_SPAN', fact: '2008年至今14年' }, { criterion: 'HEADCOUNT', fact: '涉及129户' }] },
    case: { version: 5, urgencyColour: 'RED', progressClass: 'B', difficulty: 2 },
  });
  expect([await count(world, 'audit_entries', "action = 'CASE_MARKED'"), await count(world, 'case_events', "action = 'CASE_MARKED'")]).toEqual([3, 3]);
});

test('a new colour replaces the old one, which is kept; the other marks stay', async () => {
  await colour();
  await progress({ expectedVersion: 3 });
  await setBusinessNow(world.db, new Date('2022-10-10T09:00:00+08:00'));
  await colour({ expectedVersion: 4, colour: 'YELLOW', ground: 'UNIT_INACTIVITY', reason: '责任单位两周未到现场' });
  const seen = await world.client.query<{ case: { urgencyColour: string; progressClass: string; marks: { totalCount: number; nodes: object[] } } }>(
    people.county, 'query ($id: ID!) { case(id: $id) { urgencyColour progressClass marks(kind: URGENCY_COLOUR) { totalCount nodes { colour ground replacedOn case { id } } } } }', { id: caseId },
  );
  expect(seen.case).toEqual({
    urgencyColour: 'YELLOW', progressClass: 'B',
    marks: { totalCount: 2, nodes: [{ colour: 'YELLOW', ground: 'UNIT_INACTIVITY', replacedOn: null, case: { id: caseId } }, { colour: 'RED', ground: 'HARM', replacedOn: '2022-10-10', case: { id: caseId } }] },
  });
});

test('brief §5.3: a colour rests on harm, deadline or the unit\'s inactivity; there is no other ground to give, and none in the words · row 26', async () => {
  const document = 'mutation ($input: SetUrgencyColourInput!) { setUrgencyColour(input: $input) { __typename } }';
  for (const ground of ['LEVEL_SKIPPING', 'SENSITIVE_DATE', 'CHARACTER', 'FAMILY', null]) {
    expect(await faultOf(world, people.county, document, { input: { idempotencyKey: key(), caseId, expectedVersion: 2, colour: 'RED', ground, ...words } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  for (const reason of ['多次越级上访，影响恶劣', '扬言进京上访', '敏感时期，须重点关注']) expect(await colour({ reason })).toMatchObject({ code: 'ABOUT_A_PERSON', basis: '《信访工作条例》第十八条' });
  expect(await difficulty({ facts: [{ criterion: 'COMPLEXITY', fact: '本人性格偏执' }] })).toMatchObject({ code: 'ABOUT_A_PERSON' });
  expect(await count(world, 'case_marks')).toBe(0);
});

test.each<[string, Part, string]>([
  ['a reason of four characters', { reason: '很危险呀' }, 'TEXT_LENGTH'], ['a reason of 501', { reason: '危'.repeat(501) }, 'TEXT_LENGTH'], ['a bell', { reason: '危房\u0007已现裂缝' }, 'TEXT_LENGTH'], ['a review today', { reviewOn: '2022-09-27' }, 'REVIEW_OUT_OF_RANGE'],
  ['a review in two years', { reviewOn: '2024-09-27' }, 'REVIEW_OUT_OF_RANGE'], ['a case that does not exist', { caseId: randomUUID() }, 'NOT_FOUND'], ['a case that is no id', { caseId: 'x' }, 'NOT_FOUND'],
])('%s is refused at each of the three: %s', async (_what, part, code) => {
  for (const setMark of [colour, progress, difficulty]) expect(await setMark(part)).toMatchObject({ __typename: 'CaseMarkRefusal', code });
  expect(await count(world, 'case_marks')).toBe(0);
});

test('difficulty needs a criterion, each once, with its fact · row 35', async () => {
  expect(await difficulty({ facts: [] })).toMatchObject({ code: 'CRITERIA_INVALID' });
  expect(await difficulty({ facts: [{ criterion: 'POLICY', fact: '政策前后不一' }, { criterion: 'POLICY', fact: '无专门政策' }] })).toMatchObject({ code: 'CRITERIA_INVALID' });
  expect(await difficulty({ facts: [{ criterion: 'POLICY', fact: ' ' }] })).toMatchObject({ code: 'TEXT_LENGTH' });
});

test('two who mark the case at the same time: one is told the current version', async () => {
  const document = 'mutation ($input: SetUrgencyColourInput!) { setUrgencyColour(input: $input) { __typename } }';
  await colour();
  expect(await faultOf(world, people.county, document, { input: { idempotencyKey: key(), caseId, expectedVersion: 2, colour: 'GREEN', ground: 'DEADLINE', ...words } })).toMatchObject({ code: 'CONFLICT', detail: { currentVersion: 3 } });
  expect(await count(world, 'case_marks')).toBe(1);
});

test('the joint office, the lead unit and whoever has a part by name mark the case; others do not see it or may not', async () => {
  expect(await colour({}, people.housing)).toMatchObject({ mark: { markedBy: { id: people.housing.subject } } });
  expect(await progress({ expectedVersion: 3 }, people.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [people.otherCounty, people.civilAffairs, people.stranger, people.leader, viewers.admin()]) expect(await progress({ expectedVersion: 3 }, viewer)).toMatchObject({ code: 'NOT_FOUND' });
});

test('the work list is filtered by marks that stand · row 13', async () => {
  const other = (await register(world)).case.id;
  await colour();
  await difficulty({ expectedVersion: 3 });
  await colour({ caseId: other, expectedVersion: 1, colour: 'GREEN', reviewOn: '2022-12-01' });
  const found = async (filter: Part) => (await world.client.query<{ cases: { nodes: { id: string }[] } }>(people.county, 'query ($f: CaseFilter) { cases(filter: $f) { nodes { id } } }', { f: filter })).cases.nodes.map((row) => row.id);
  expect(await found({ urgencyColour: 'RED' })).toEqual([caseId]);
  expect(await found({ urgencyColour: 'GREEN' })).toEqual([other]);
  expect(await found({ urgencyColour: 'YELLOW' })).toEqual([]);
  expect([await found({ difficultyAtLeast: 2 }), await found({ difficultyAtLeast: 3 }), await found({ progressClass: 'A' })]).toEqual([[caseId], [], []]);
  expect([await found({ markReviewBy: '2022-10-26' }), await found({ markReviewBy: '2022-10-27' })]).toEqual([[], [caseId]]);
  await colour({ expectedVersion: 4, colour: 'YELLOW' });
  expect(await found({ urgencyColour: 'RED' })).toEqual([]);
});

test('officials hears that a case is hard, so that its sponsor can be looked for among the top leaders · rows 35, 49', async () => {
  const hard = () => count(world, 'outbox_messages', "topic = 'case-scope-changed' AND dest = 'officials' AND payload LIKE '%\"isHard\":true%'");
  await colour();
  expect(await hard()).toBe(0);
  await difficulty({ expectedVersion: 3 });
  expect(await hard()).toBe(1);
});
