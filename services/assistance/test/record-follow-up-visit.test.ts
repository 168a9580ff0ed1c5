import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
let visitor: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  visitor = await stage.haveOfficial(d.lead);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ANSWER = '__typename ... on FollowUpVisitPayload { followUpVisit { id state version doneOn summary official { id } unit { id } case { id } } } ... on FollowUpVisitRefusal { code message }';
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly followUpVisit?: { id: string; state: string };
}
const act = async (viewer: Viewer, name: 'plan' | 'record', input: object): Promise<Answer> => {
  const mutation = `mutation ($input: ${name === 'plan' ? 'Plan' : 'Record'}FollowUpVisitInput!) { answer: ${name}FollowUpVisit(input: $input) { ${ANSWER} } }`;
  return (await stage.client.query<{ answer: Answer }>(viewer, mutation, { input })).answer;
};
const aPlan = (part: object = {}) => ({ idempotencyKey: randomUUID(), caseId: d.caseId, kind: 'POST_CLOSE', plannedOn: '2024-03-05', officialId: visitor, ...part });
const planned = async (): Promise<string> => (await act(d.sender, 'plan', aPlan())).followUpVisit?.id ?? '';
const aRecord = (followUpVisitId: string, part: object = {}) => ({ idempotencyKey: randomUUID(), followUpVisitId, expectedVersion: 1, outcome: 'DONE', doneOn: '2024-03-01', ...part });

test('a visit is planned and recorded in the petitioner’s own words · rows 107, 108', async () => {
  const id = await planned();
  const answer = await act(d.sender, 'record', aRecord(id, { summary: '“房子修好了。”' }));
  expect(answer.followUpVisit).toMatchObject({ state: 'DONE', version: 2, doneOn: '2024-03-01', summary: '“房子修好了。”', official: { id: visitor }, unit: { id: d.lead }, case: { id: d.caseId } });
  expect(await act(d.sender, 'record', aRecord(id, { expectedVersion: 2 }))).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('declining is an ordinary outcome for which no reason is taken · row 107', async () => {
  const id = await planned();
  expect(await act(d.sender, 'record', aRecord(id, { outcome: 'DECLINED', doneOn: null, summary: '不愿见面' }))).toMatchObject({ code: 'NOTHING_TO_RECORD' });
  expect(await act(d.sender, 'record', aRecord(id, { outcome: 'DECLINED', doneOn: null }))).toMatchObject({ followUpVisit: { state: 'DECLINED', summary: null } });
});

test('the named visitor records the own visit without a role, if the case is visible', async () => {
  const id = await planned();
  const person = viewers.plain(visitor, d.lead);
  expect(await act(person, 'record', aRecord(id))).toMatchObject({ code: 'NOT_FOUND' });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'OFFICIAL', id: visitor, role: 'TASK_FORCE' }] });
  expect(await act(person, 'record', aRecord(id))).toMatchObject({ followUpVisit: { state: 'DONE' } });
});

test('refusals: invisible case, foreign unit, unknown visitor, days out of order, a stale version', async () => {
  expect(await act(d.stranger, 'plan', aPlan())).toMatchObject({ code: 'NOT_FOUND' });
  expect(await act(d.sender, 'plan', aPlan({ unitId: d.aid }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(d.sender, 'plan', aPlan({ officialId: await stage.haveOfficial(d.aid) }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  expect(await act(d.sender, 'plan', aPlan({ officialId: undefined }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  expect(await act(d.sender, 'plan', aPlan({ plannedOn: '2024-02-29' }))).toMatchObject({ code: 'DATE_INVALID' });
  const id = await planned();
  expect(await act(d.sender, 'record', aRecord(id, { doneOn: '2024-03-02' }))).toMatchObject({ code: 'DATE_INVALID' });
  await expect(act(d.sender, 'record', aRecord(id, { expectedVersion: 7 }))).rejects.toThrow('Somebody changed this first');
});

test('the visitor is of the visiting unit, not of another one that the viewer acts for; a unit that is kept out visits nobody · rows 107, 108', async () => {
  const [one, sibling] = [await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] }), await stage.haveUnit('信访局二科', { ancestorIds: [d.lead] })];
  expect(await act(d.sender, 'plan', aPlan({ unitId: one, officialId: await stage.haveOfficial(sibling) }))).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  expect(await act(d.sender, 'plan', aPlan({ unitId: one, officialId: await stage.haveOfficial(one) }))).toMatchObject({ followUpVisit: { unit: { id: one } } });
  expect(await act(viewers.handler(d.lead, visitor), 'plan', aPlan({ unitId: one, officialId: undefined }))).toMatchObject({ followUpVisit: { official: { id: visitor } } });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: one }] });
  expect(await act(d.sender, 'plan', aPlan({ unitId: one, officialId: await stage.haveOfficial(one) }))).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('visits are seen by whoever sees the case, and a repeat plans no second one', async () => {
  const input = aPlan();
  expect(await act(d.sender, 'plan', input)).toEqual(await act(d.sender, 'plan', input));
  await departments(stage);
  const seen = async (viewer: Viewer) => (await stage.client.query<{ followUpVisits: { nodes: unknown[] } }>(viewer, '{ followUpVisits(sort: PLANNED_ON_ASC) { nodes { id } } }')).followUpVisits.nodes.length;
  expect([await seen(d.sender), await seen(d.jointOffice), await seen(d.receiver), await seen(d.stranger)]).toEqual([1, 1, 0, 0]);
  const r = [{ __typename: 'Case', id: d.caseId }];
  const data = await stage.client.query<{ _entities: unknown[] }>(d.sender, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { followUpVisits { totalCount } } } }', { r });
  expect(data._entities).toEqual([{ followUpVisits: { totalCount: 1 } }]);
});

test('a visit keeps where it was and what of the matter is left, as the petitioner said it; a declined one keeps neither · rows 83, 107, 108', async () => {
  const told = async (id: string) => (await stage.client.query<{ followUpVisit: object }>(d.sender, 'query ($id: ID!) { followUpVisit(id: $id) { origin place offeredOn leftToDo } }', { id })).followUpVisit;
  const [made, declined] = [await planned(), await planned()];
  await act(d.sender, 'record', aRecord(made, { place: 'HOME', leftToDo: 'WORK_LEFT', summary: '“还差一扇门。”' }));
  expect(await told(made)).toEqual({ origin: 'PLANNED', place: 'HOME', offeredOn: '2024-03-01', leftToDo: 'WORK_LEFT' });
  expect(await act(d.sender, 'record', aRecord(declined, { outcome: 'DECLINED', doneOn: null, place: 'HOME' }))).toMatchObject({ code: 'NOTHING_TO_RECORD' });
  await act(d.sender, 'record', aRecord(declined, { outcome: 'DECLINED', doneOn: null }));
  expect(await told(declined)).toEqual({ origin: 'PLANNED', place: null, offeredOn: '2024-03-01', leftToDo: null });
});

test('a planned visit is a duty of the unit: met by the visit or by the offer that was declined, cancelled by the unit alone · row 107', async () => {
  const [made, declined, cancelled] = [await planned(), await planned(), await planned()];
  await act(d.sender, 'record', aRecord(made));
  await act(d.sender, 'record', aRecord(declined, { outcome: 'DECLINED', doneOn: null }));
  await act(d.sender, 'record', aRecord(cancelled, { outcome: 'CANCELLED', doneOn: null }));
  const ends = new Map((await stage.told('obligation-declared')).filter(({ state }) => state !== 'OPEN').map(({ subject, state }) => [(subject as { id: string }).id, state]));
  expect([made, declined, cancelled].map((id) => ends.get(id))).toEqual(['MET', 'MET', 'CANCELLED']);
  const r = [{ __typename: 'Unit', id: d.lead }];
  const data = await stage.client.query<{ _entities: unknown[] }>(d.sender, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { followUpVisits(filter: { state: DONE }) { totalCount } } } }', { r });
  expect(data._entities).toEqual([{ followUpVisits: { totalCount: 1 } }]);
});
