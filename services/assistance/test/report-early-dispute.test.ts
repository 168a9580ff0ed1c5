import { viewers } from '@anjie/testing';
import { actOn, departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ANSWER = `__typename ... on EarlyDisputePayload { earlyDispute { id state version issue dueOn outcome settledOn kind { code } division { code } unit { id } responsibleUnit { id } case { id } } } ... on EarlyDisputeRefusal { code basis }`;
interface Answer {
  readonly code?: string;
  readonly earlyDispute?: { id: string; state: string; version: number; dueOn: string | null; case: { id: string } | null };
}
const act = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, ANSWER)<Answer>(viewer, mutation, input);
const issue = (part: object = {}) => ({ kind: 'WATER_POWER_HEAT', divisionCode: '640104100', issue: '三号楼供水管道漏水，物业两周未修', ...part });
const reported = async (part: object = {}): Promise<string> => (await act(d.sender, 'reportEarlyDispute', issue(part))).earlyDispute?.id ?? '';
const handOff = (id: string, part: object = {}, viewer = d.sender) => act(viewer, 'handOffEarlyDispute', { earlyDisputeId: id, expectedVersion: 1, unitId: d.aid, ...part });

test('the grid reports an issue, it goes to a unit with a due date by its kind, and the unit says what it did · rows 44, 137', async () => {
  const id = await reported();
  expect((await handOff(id)).earlyDispute).toMatchObject({ state: 'HANDED', dueOn: '2024-03-06', responsibleUnit: { id: d.aid } });
  const settled = await act(d.receiver, 'settleEarlyDispute', { earlyDisputeId: id, expectedVersion: 2, outcome: '当日修复' });
  expect(settled.earlyDispute).toMatchObject({ state: 'SETTLED', outcome: '当日修复', settledOn: '2024-03-01', case: null });
});

test.each([['张先生扬言要去上访', 'IDENTITY_IN_TEXT'], ['漏水，联系13812341234', 'IDENTITY_IN_TEXT'], ['户主身份证11010519491231002X', 'IDENTITY_IN_TEXT'], ['请关注重点人员动向', 'IDENTITY_IN_TEXT'], [' ', 'TEXT_MISSING']])(
  'an issue is about a matter, never about a person: “%s” is refused and nothing of it is kept · rows 137, 143', async (text, code) => {
    expect(await act(d.sender, 'reportEarlyDispute', issue({ issue: text }))).toMatchObject({ code });
    expect(await stage.rows('SELECT id FROM early_disputes')).toEqual([]);
  });

test('there is no field in which a person could be named · row 143', () => {
  const fieldsOf = (type: string): string[] => Object.keys((stage.schema.getType(type) as { getFields?: () => object }).getFields?.() ?? {});
  const fields = [...fieldsOf('EarlyDispute'), ...fieldsOf('ReportEarlyDisputeInput')];
  expect(fields.length).toBeGreaterThan(10);
  expect(fields.filter((name) => /person|petitioner|name|phone|who|reporter/i.test(name))).toEqual([]);
});

test('a wrong unit hands it on through the grid; it is overdue after its day, and found so · row 137', async () => {
  const id = await reported();
  await handOff(id);
  expect((await handOff(id, { expectedVersion: 2, unitId: d.other, dueOn: '2024-03-04' })).earlyDispute).toMatchObject({ responsibleUnit: { id: d.other }, dueOn: '2024-03-04' });
  expect(await act(d.receiver, 'settleEarlyDispute', { earlyDisputeId: id, expectedVersion: 3, outcome: '好' })).toMatchObject({ code: 'NOT_FOUND' });
  const overdue = async () => (await stage.client.query<{ earlyDisputes: { totalCount: number } }>(d.stranger, '{ earlyDisputes(filter: { isOverdue: true }) { totalCount } }')).earlyDisputes.totalCount;
  expect(await overdue()).toBe(0);
  await stage.itIs('2024-03-05');
  expect(await overdue()).toBe(1);
});

test('whoever has it in hand is told and owes an answer by its day, without any case; what moves on or becomes a case is owed no more · row 137', async () => {
  const owed = async () => (await stage.told('obligation-declared')).filter(({ dutyCode }) => dutyCode === 'EARLY_DISPUTE').map(({ obligorUnitId, state, dueOn, metOn, caseId }) => [obligorUnitId, state, dueOn, metOn, caseId]);
  const id = await reported();
  expect(await owed()).toEqual([]);
  stage.forget();
  await handOff(id);
  await handOff(id, { expectedVersion: 2, unitId: d.other, dueOn: '2024-03-01' });
  expect((await owed()).toSorted()).toEqual([[d.aid, 'CANCELLED', '2024-03-06', null, null], [d.aid, 'OPEN', '2024-03-06', null, null], [d.other, 'OPEN', '2024-03-01', null, null]].toSorted());
  expect(stage.announced('notice-raised')).toEqual([d.aid, d.other].map((unit) => expect.objectContaining({ noticeKind: 'EARLY_DISPUTE_HANDED', recipient: { kind: 'UNIT', id: unit }, caseId: null, subject: { type: 'EarlyDispute', id } })));
  expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ ruleCode: 'EARLY_DISPUTE', isProvisional: false, jurisdictionCode: '640104100', subject: { type: 'EarlyDispute', id } });
  await act(viewers.handler(d.other), 'settleEarlyDispute', { earlyDisputeId: id, expectedVersion: 3, outcome: '已修复' });
  expect(await owed()).toContainEqual([d.other, 'MET', '2024-03-01', '2024-03-01', null]);
  const second = await reported();
  await handOff(second);
  await act(d.sender, 'linkEarlyDispute', { earlyDisputeId: second, expectedVersion: 2, caseId: d.caseId });
  expect((await owed()).filter(([unit, state]) => unit === d.aid && state === 'CANCELLED')).toHaveLength(2);
});

test('it becomes a case only by registration in cases: a link to what the viewer may see, and a settled issue keeps no petition away · rows 44, 137', async () => {
  const id = await reported();
  await handOff(id);
  await act(d.receiver, 'settleEarlyDispute', { earlyDisputeId: id, expectedVersion: 2, outcome: '无此事', isNoDispute: true });
  const far = await departments(stage);
  const link = (caseId: string) => act(d.sender, 'linkEarlyDispute', { earlyDisputeId: id, expectedVersion: 3, caseId });
  expect(await link(far.caseId)).toMatchObject({ code: 'NOT_FOUND' });
  expect((await link(d.caseId)).earlyDispute).toMatchObject({ state: 'REGISTERED', case: { id: d.caseId } });
});

test('the two units and the joint office of the division see it; who may do what · rows 137, 143', async () => {
  const id = await reported();
  const seen = async (viewer: typeof d.sender) => (await stage.client.query<{ earlyDisputes: { totalCount: number } }>(viewer, '{ earlyDisputes { totalCount } }')).earlyDisputes.totalCount;
  expect([await seen(d.sender), await seen(d.jointOffice), await seen(d.receiver), await seen(viewers.plain()), await seen(viewers.jointOffice('330400', d.office))]).toEqual([1, 1, 0, 0, 0]);
  expect(await handOff(id, {}, d.jointOffice)).toMatchObject({ earlyDispute: { state: 'HANDED' } });
  expect(await seen(d.receiver)).toBe(1);
  expect(await handOff(id, { expectedVersion: 2 }, d.receiver)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(d.sender, 'settleEarlyDispute', { earlyDisputeId: id, expectedVersion: 2, outcome: '好' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(viewers.plain(), 'reportEarlyDispute', issue())).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(d.sender, 'reportEarlyDispute', issue({ kind: 'PERSONS' }))).toMatchObject({ code: 'KIND_UNKNOWN' });
  const r = [{ __typename: 'Division', code: '640104100' }, { __typename: 'Unit', id: d.aid }];
  const data = await stage.client.query<{ _entities: unknown[] }>(d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Division { earlyDisputes { totalCount } } ... on Unit { earlyDisputes { totalCount } } } }', { r });
  expect(data._entities).toEqual([{ earlyDisputes: { totalCount: 1 } }, { earlyDisputes: { totalCount: 1 } }]);
});
