import type { Viewer } from '@anjie/access';
import { assign, count, told, type Answer } from './asking';
import { mutate } from './campaign-asking';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
let caseId: string;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  caseId = (await register(world)).case.id;
  await assign(world, caseId);
});
afterAll(() => world?.close());

interface Line { readonly id: string; readonly line: string; readonly state: string; readonly dueOn: string; readonly outcome: string | null; readonly endedOn: string | null; readonly unit: { id: string }; readonly version: number }
interface Changed extends Answer { readonly dutyLine: Line }
const FIELDS = '... on DutyLinePayload { dutyLine { id line state dueOn reason setOn outcome endedOn unit { id } version case { id } } } ... on DutyLineRefusal { code message basis }';
type Part = Record<string, unknown>;
const set = (part: Part = {}, viewer: Viewer = people.county) =>
  mutate<Changed>(world, viewer, { name: 'setDutyLine', fields: FIELDS, input: { caseId, line: 'ASSIST', dueOn: '2022-12-31', reason: '该户失业，生活困难', ...part } });
const end = (line: Line, part: Part = {}, viewer: Viewer = people.county) =>
  mutate<Changed>(world, viewer, { name: 'endDutyLine', fields: FIELDS, input: { dutyLineId: line.id, expectedVersion: line.version, isDischarged: true, outcome: '民政局已发放临时救助金三千元', ...part } });

test('《信访工作条例》第二十七条: each line is a duty of a unit with a day, discharged with evidence; several stand at once · row 31', async () => {
  const { dutyLine } = await set();
  expect(dutyLine).toMatchObject({ line: 'ASSIST', state: 'OPEN', dueOn: '2022-12-31', unit: { id: place.housing }, version: 1 });
  await set({ line: 'EXPLAIN', reason: '面积标准须当面讲清' });
  const lines = await world.client.query<{ case: { dutyLines: { totalCount: number } } }>(people.county, 'query ($id: ID!) { case(id: $id) { dutyLines { totalCount nodes { line } } } }', { id: caseId });
  expect(lines.case.dutyLines.totalCount).toBe(2);
  expect((await end(dutyLine)).dutyLine).toMatchObject({ state: 'DISCHARGED', endedOn: '2022-09-27', outcome: '民政局已发放临时救助金三千元', version: 2 });
  const duties = (await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === 'DUTY_LINE');
  expect(duties.map((duty) => [duty['obligorUnitId'], duty['dueOn'], duty['state']])).toEqual([[place.housing, '2022-12-31', 'OPEN'], [place.housing, '2022-12-31', 'OPEN'], [place.housing, '2022-12-31', 'MET']]);
  expect(await count(world, 'audit_entries', "action IN ('DUTY_LINE_SET', 'DUTY_LINE_DISCHARGED')")).toBe(3);
});

test('a line is open once; ended, it may be set again', async () => {
  const { dutyLine } = await set();
  expect(await set()).toMatchObject({ code: 'ALREADY_OPEN' });
  await end(dutyLine, { isDischarged: false, outcome: '该户已由户籍地纳入低保，不再适用' });
  expect(await end(dutyLine)).toMatchObject({ code: 'ALREADY_ENDED' });
  expect(await set()).toMatchObject({ dutyLine: { state: 'OPEN' } });
});

test.each([
  ['help that asks for a promise', { reason: '签订息诉罢访承诺书后救助' }, 'ABOUT_A_PERSON'], ['words about somebody\'s conduct', { reason: '该户多次越级反映' }, 'ABOUT_A_PERSON'], ['four characters', { reason: '生活困难' }, 'TEXT_LENGTH'],
  ['yesterday', { dueOn: '2022-09-26' }, 'DATE_OUT_OF_RANGE'], ['a unit without a part', { unitId: place.civilAffairs }, 'UNIT_WITHOUT_PART'],
])('brief §5.3: %s is refused', async (_what, part, code) => {
  expect(await set(part)).toMatchObject({ code });
  expect(await count(world, 'duty_lines')).toBe(0);
});

test('who does not see the case finds nothing', async () => {
  const { dutyLine } = await set();
  expect(await set({}, people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await end(dutyLine, {}, people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
});
