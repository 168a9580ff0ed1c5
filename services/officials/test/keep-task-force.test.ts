import { randomUUID } from 'node:crypto';
import { inTransaction } from '@anjie/service-kit/database';
import type { Viewer } from '@anjie/access';
import { aCaseScope, setBusinessNow, viewers } from '@anjie/testing';
import type { CaseScope } from '@anjie/service-kit/facts';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { key, openOfficials, PUT_OFFICIALS, toldOf, type Officials } from './fixture';

let officials: Officials;
let office: Viewer;
let people: string[];

beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T04:00:00Z'));
  await officials.divisions();
  await officials.unit({ code: 'POLICE', name: '公安分局' });
  people = [];
  for (let i = 0; i < 4; i += 1) people.push(await officials.official('POLICE', { name: `干部${i}` }));
  office = viewers.jointOffice('640104', randomUUID());
});
afterAll(() => officials.close());

async function aCase(part: Partial<CaseScope> = {}): Promise<string> {
  const scope = aCaseScope(part);
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version: 1 }]));
  return scope.caseId;
}

const FORCE = 'taskForce { id name formedOn dissolvedOn isActive version members { duty joinedOn leftOn official { name } homeUnit { name } } }';
const REFUSAL = '... on TaskForceRefusal { code }';
const FORM = `mutation($input: FormTaskForceInput!) { answer: formTaskForce(input: $input) { __typename ... on FormTaskForcePayload { ${FORCE} } ${REFUSAL} } }`;
const CHANGE = `mutation($input: ChangeTaskForceInput!) { answer: changeTaskForce(input: $input) { __typename ... on ChangeTaskForcePayload { ${FORCE} } ${REFUSAL} } }`;
const DISSOLVE = `mutation($input: DissolveTaskForceInput!) { answer: dissolveTaskForce(input: $input) { __typename ... on DissolveTaskForcePayload { ${FORCE} } ${REFUSAL} } }`;

interface Force {
  readonly id: string;
  readonly version: number;
  readonly isActive: boolean;
  readonly members: readonly { readonly duty: string; readonly leftOn: string | null; readonly official: { readonly name: string } }[];
}
interface Answer {
  readonly code?: string;
  readonly taskForce?: Force;
}
const ask = async (source: string, input: object, viewer: Viewer = office): Promise<Answer> =>
  (await officials.client.query<{ answer: Answer }>(viewer, source, { input: { idempotencyKey: key(), ...input } })).answer;
const seats = (...ids: string[]) => ids.map((officialId, i) => ({ officialId, duty: i === 0 ? 'LEADER' : 'MEMBER' }));
const form = (caseId: string, part: object = {}, viewer: Viewer = office) =>
  ask(FORM, { caseId, name: '联合工作专班', purpose: '化解', members: seats(people[0] ?? '', people[1] ?? ''), ...part }, viewer);

/** An official of the police who acts in another unit, too, since later. */
async function actingToo(unitCode: string): Promise<string> {
  const id = randomUUID();
  const own = { id, staffNo: `S-${id.slice(0, 8)}`, name: '兼职干部' };
  await officials.put(PUT_OFFICIALS, [
    { ...own, unitCode: 'POLICE', title: '副局长', startedOn: '2024-01-01' }, { ...own, unitCode, title: '主持工作', startedOn: '2026-01-01', kind: 'ACTING', endsOn: '2026-12-31' },
  ]);
  return id;
}

test('a task force is formed with its leader first, and cases hears its members · rows 50, 77', async () => {
  const caseId = await aCase();
  expect(await form(caseId)).toMatchObject({ taskForce: {
    name: '联合工作专班', formedOn: '2026-06-30', isActive: true, version: 1,
    members: [
      { duty: 'LEADER', joinedOn: '2026-06-30', leftOn: null, official: { name: '干部0' }, homeUnit: { name: '公安分局' } },
      { duty: 'MEMBER', joinedOn: '2026-06-30', leftOn: null, official: { name: '干部1' } },
    ],
  } });
  const [told] = await toldOf(officials.db, 'case-crew-changed');
  expect(told?.payload).toEqual({ caseId, sponsorIds: [], taskForceIds: [people[0], people[1]] });
});

test('refusals: one at a time, fit members, a right to the case', async () => {
  const caseId = await aCase();
  expect(await form(caseId, { members: [] })).toMatchObject({ code: 'MEMBERS_NOT_FIT' });
  expect(await form(caseId, { members: seats(randomUUID()) })).toMatchObject({ code: 'OFFICIAL_UNKNOWN' });
  expect(await form(caseId, { formedOn: '2026-07-01' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  expect(await form(randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
  expect(await form(caseId, {}, viewers.jointOffice('640105', randomUUID()))).toMatchObject({ code: 'NOT_FOUND' });
  const accused = await aCase({ excluded: [{ kind: 'OFFICIAL', id: people[1] ?? '' }] });
  expect(await form(accused)).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
  expect(await form(caseId)).toMatchObject({ taskForce: { isActive: true } });
  expect(await form(caseId)).toMatchObject({ code: 'ALREADY_FORMED' });
});

test('members come, go and change their duty, and the record keeps who was there · row 77', async () => {
  const caseId = await aCase();
  const { taskForce } = await form(caseId);
  const input = { taskForceId: taskForce?.id, expectedVersion: 1, name: '新名称', members: seats(people[1] ?? '', people[2] ?? '') };
  const changed = await ask(CHANGE, input);
  expect(changed.taskForce).toMatchObject({ name: '新名称', version: 2 });
  expect(changed.taskForce?.members.map((m) => [m.official.name, m.duty, m.leftOn])).toEqual(expect.arrayContaining([
    ['干部0', 'LEADER', '2026-06-30'], ['干部1', 'LEADER', null], ['干部1', 'MEMBER', '2026-06-30'], ['干部2', 'MEMBER', null],
  ]));
  const stale = await officials.client.ask(office, CHANGE, { input: { ...input, idempotencyKey: key() } });
  expect(stale.errors).toHaveLength(1);
  const told = await toldOf(officials.db, 'case-crew-changed');
  expect(told.map((t) => t.version)).toEqual([1, 2]);
  expect(told[1]?.payload['taskForceIds']).toEqual([people[1], people[2]]);
});

test('a dissolved task force ends everybody’s time in it, and another may follow · row 77', async () => {
  const caseId = await aCase();
  const { taskForce } = await form(caseId, { formedOn: '2026-05-01' });
  const input = { taskForceId: taskForce?.id, expectedVersion: 1, dissolvedOn: '2026-06-01' };
  expect(await ask(DISSOLVE, { ...input, dissolvedOn: '2026-04-30' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  const { taskForce: ended } = await ask(DISSOLVE, input);
  expect(ended).toMatchObject({ isActive: false, dissolvedOn: '2026-06-01', version: 2 });
  expect(ended?.members.map((m) => m.leftOn)).toEqual(['2026-06-01', '2026-06-01']);
  expect(await ask(DISSOLVE, { ...input, expectedVersion: 2 })).toMatchObject({ code: 'ALREADY_DISSOLVED' });
  expect(await ask(CHANGE, { taskForceId: taskForce?.id, expectedVersion: 2, name: 'x' })).toMatchObject({ code: 'ALREADY_DISSOLVED' });
  expect(await form(caseId, { formedOn: '2026-05-31' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  expect(await form(caseId)).toMatchObject({ taskForce: { isActive: true } });
});

test('a member sees the task force without seeing the case; a stranger sees neither', async () => {
  const { taskForce } = await form(await aCase());
  const asked = `{ taskForce(id: "${taskForce?.id}") { name case { id } } }`;
  expect(await officials.client.query(viewers.plain(people[1]), asked)).toEqual({ taskForce: { name: '联合工作专班', case: null } });
  expect(await officials.client.query(viewers.plain(people[3]), asked)).toEqual({ taskForce: null });
  expect(await officials.client.query(office, asked)).toMatchObject({ taskForce: { case: { id: expect.any(String) } } });
});

test('a task force of an upper level works beside the case\'s own, with a purpose and an end; its members have their part too · rows 77, 79', async () => {
  const caseId = await aCase();
  const province = viewers.jointOffice('640000', randomUUID());
  await form(caseId);
  expect(await form(caseId, { level: 'PROVINCE', members: seats(people[2] ?? '', people[0] ?? '') })).toMatchObject({ code: 'LEVEL_NOT_FIT' });
  expect(await form(caseId, { level: 'CENTRAL', endsOn: '2026-06-30', members: seats(people[2] ?? '') }, province)).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  const upper = await form(caseId, { level: 'CENTRAL', endsOn: '2026-07-15', name: '国家层面专班', members: seats(people[2] ?? '', people[0] ?? '') }, province);
  expect(upper).toMatchObject({ taskForce: { name: '国家层面专班', isActive: true } });
  expect(await form(caseId, { level: 'CITY', members: seats(people[3] ?? '') }, province)).toMatchObject({ code: 'ALREADY_FORMED' });
  const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { taskForce { name level } upperTaskForce { name level endsOn isPastEnd } readiness { missing } } } }';
  const shown = () => officials.client.query(office, source, { r: [{ __typename: 'Case', id: caseId }] });
  const both = { taskForce: { name: '联合工作专班', level: null }, upperTaskForce: { name: '国家层面专班', level: 'CENTRAL', endsOn: '2026-07-15', isPastEnd: false } };
  expect(await shown()).toMatchObject({ _entities: [both] });
  const told = (await toldOf(officials.db, 'case-crew-changed')).map((one) => one.payload['taskForceIds'] as string[]);
  expect(new Set(told.at(-1))).toEqual(new Set([people[0], people[1], people[2]]));
  await setBusinessNow(officials.db, new Date('2026-07-15T04:00:00Z'));
  expect(await shown()).toMatchObject({ _entities: [{ upperTaskForce: { isPastEnd: true } }] });
  expect(await ask(DISSOLVE, { taskForceId: upper.taskForce?.id, expectedVersion: 1 }, province)).toMatchObject({ taskForce: { isActive: false } });
  expect(await shown()).toMatchObject({ _entities: [{ taskForce: { name: '联合工作专班' }, upperTaskForce: null, readiness: { missing: expect.not.arrayContaining(['TASK_FORCE']) } }] });
});

test('a task force of an upper level is changed and dissolved by an office that might form it, never by the county whose case it is · rows 77, 79', async () => {
  const caseId = await aCase();
  const province = viewers.jointOffice('640000', randomUUID());
  const { taskForce } = await form(caseId, { level: 'PROVINCE', members: seats(people[0] ?? '') }, province);
  const id = { taskForceId: taskForce?.id, expectedVersion: 1 };
  for (const viewer of [office, viewers.jointOffice('640100', randomUUID())]) {
    expect(await ask(CHANGE, { ...id, members: seats(people[0] ?? '', people[1] ?? '') }, viewer)).toEqual({ __typename: 'TaskForceRefusal', code: 'LEVEL_NOT_FIT' });
    expect(await ask(DISSOLVE, id, viewer)).toMatchObject({ code: 'LEVEL_NOT_FIT' });
  }
  expect(await ask(CHANGE, { ...id, members: seats(people[0] ?? '', people[1] ?? '') }, province)).toMatchObject({ taskForce: { version: 2 } });
  expect(await ask(DISSOLVE, { ...id, expectedVersion: 2 }, province)).toMatchObject({ taskForce: { isActive: false } });
});

test('第三十条第三款: whoever acts in the excluded unit as well sits in no task force of the case, forming or joining', async () => {
  const accused = await officials.unit({ code: 'ACCUSED', name: '被反映单位' });
  const both = await actingToo('ACCUSED');
  const caseId = await aCase({ excluded: [{ kind: 'UNIT', id: accused }] });
  expect(await form(caseId, { members: seats(people[0] ?? '', both) })).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
  const { taskForce } = await form(caseId);
  expect(await ask(CHANGE, { taskForceId: taskForce?.id, expectedVersion: 1, members: seats(people[0] ?? '', both) })).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
});

test('members come from the division of the office or from above the case: a seat shows the case', async () => {
  await officials.unit({ code: 'NEXT', name: '西夏区某局', divisionCode: '640105' });
  await officials.unit({ code: 'CITY', name: '银川市某局', divisionCode: '640100' });
  const [next, city] = [await officials.official('NEXT'), await officials.official('CITY')];
  const caseId = await aCase();
  expect(await form(caseId, { members: seats(people[0] ?? '', next) })).toMatchObject({ code: 'NOT_PERMITTED' });
  const { taskForce } = await form(caseId, { members: seats(people[0] ?? '', city) });
  expect(taskForce).toMatchObject({ isActive: true });
  const joining = { taskForceId: taskForce?.id, expectedVersion: 1, members: seats(people[0] ?? '', next) };
  expect(await ask(CHANGE, joining)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await ask(CHANGE, joining, viewers.jointOffice('640100', randomUUID()))).toMatchObject({ taskForce: { version: 2 } });
  // by a post that is held beside the first one, too
  expect(await form(await aCase({ divisionCode: '640105' }), { members: seats(await actingToo('NEXT')) }, viewers.jointOffice('640105', randomUUID()))).toMatchObject({ taskForce: { isActive: true } });
});
