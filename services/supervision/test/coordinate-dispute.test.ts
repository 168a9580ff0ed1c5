import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { asking, made } from './asking-oversight';
import { at, countRows, COUNTY, haveKnownUnit, openSupervision, tell, type Supervision } from './builders';
import { haveOffice } from './closing';

let supervision: Supervision;
let meet: ReturnType<typeof asking<{ id: string; version: number; points: { id: string }[] }>>;
beforeAll(async () => {
  supervision = await openSupervision();
  meet = asking(supervision, { payload: 'MeetingPayload', refusal: 'MeetingRefusal', node: 'meeting', fields: 'id version state points { id candidate { id } case { id } }' });
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

async function aDispute(part: { toDivision?: string; isSealed?: boolean } = {}) {
  const { db } = supervision;
  const [county, city] = [await haveOffice(supervision, COUNTY), await haveOffice(supervision, '640100')];
  const from = await haveKnownUnit(db);
  const to = randomUUID();
  await putKnownUnits(db.manager, [{ unitId: to, code: to.slice(0, 8), name: '某局', kind: 'DEPARTMENT', divisionCode: part.toDivision ?? COUNTY, ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null }]);
  const scope = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: from, role: 'LEAD' }], isSealed: part.isSealed ?? false });
  const told = { referralId: randomUUID(), caseId: scope.caseId, fromUnitId: from, toUnitId: to, state: 'OPEN' as const, disputedOn: '2025-08-04', settledOn: null };
  await tell(db, 'referral-disputed', { payload: told, source: 'assistance' });
  return { told, county, city, from, to, caseId: scope.caseId, chief: viewers.jointOffice(COUNTY, county), mayor: viewers.jointOffice('640100', city) };
}

const FIELDS = 'id state dueOn settledOn version officeUnit { id } fromUnit { id } toUnit { id } referral { id } meeting { id } obligation { state dueOn metOn dutyName obligor { ... on Unit { id } } }';
const candidates = async (viewer: Viewer) => (await supervision.client.query<{ coordinationCandidates: { nodes: Record<string, unknown>[] } }>(viewer, `{ coordinationCandidates { nodes { ${FIELDS} } } }`)).coordinationCandidates.nodes;
const callWith = (viewer: Viewer, candidateId: unknown, part: object = {}) => meet(viewer, 'callMeeting', {
  kind: 'JOINT_CONFERENCE', title: '协调会', plannedOn: '2025-08-05', unitIds: [], officialIds: [], points: [{ title: '转办争议', candidateId }], ...part,
});

test('转办争议: the office of the lowest division that holds both units owes the coordination within five working days · rows 69, 70', async () => {
  const { told, county, from, to, chief } = await aDispute();
  await tell(supervision.db, 'referral-disputed', { payload: told, source: 'assistance' });
  expect(await candidates(chief)).toMatchObject([{
    state: 'WAITING', dueOn: '2025-08-11', officeUnit: { id: county }, fromUnit: { id: from }, toUnit: { id: to }, referral: { id: told.referralId },
    obligation: { state: 'OPEN', dueOn: '2025-08-11', dutyName: 'settle the dispute about the referral', obligor: { id: county } },
  }]);
  expect(await countRows(supervision.db, 'coordination_candidates')).toBe(1);
});

test('跨县区: a dispute between two counties goes to the city, and the county may not take it up · row 70', async () => {
  const { city, chief, mayor } = await aDispute({ toDivision: '640105' });
  const [candidate] = await candidates(mayor);
  expect(candidate).toMatchObject({ officeUnit: { id: city } });
  expect(await callWith(chief, candidate?.['id'])).toMatchObject({ code: 'CANDIDATE_NOT_ACCEPTABLE' });
  expect(await callWith(mayor, candidate?.['id'])).toMatchObject({ __typename: 'MeetingPayload' });
});

test('a meeting takes it onto its agenda, and its decision settles it; the case shows both · rows 69, 70, 71', async () => {
  const { chief, to, caseId } = await aDispute();
  const [candidate] = await candidates(chief);
  const meeting = made(await callWith(chief, candidate?.['id']));
  expect(await candidates(chief)).toMatchObject([{ state: 'ON_AGENDA', meeting: { id: meeting.id } }]);
  expect(await callWith(chief, candidate?.['id'])).toMatchObject({ code: 'CANDIDATE_NOT_ACCEPTABLE' });
  await at(supervision.db, '2025-08-05T02:00:00Z');
  made(await meet(chief, 'holdMeeting', {
    meetingId: meeting.id, expectedVersion: 1, heldOn: '2025-08-05', presentUnitIds: [], presentOfficialIds: [], minutes: '略', records: [],
    decisions: [{ pointId: meeting.points[0]?.id, text: '由接收单位办理。', obligorUnitId: to, dueOn: '2025-09-05' }],
  }));
  expect(await candidates(chief)).toMatchObject([{ state: 'SETTLED', settledOn: '2025-08-05', obligation: { state: 'MET', metOn: '2025-08-05' } }]);
  const data = await supervision.client.query(chief, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { coordinationCandidates { totalCount nodes { state } } meetingDecisions { nodes { obligorUnit { id } } } } } }', { r: [{ __typename: 'Case', id: caseId }] });
  expect(data).toEqual({ _entities: [{ coordinationCandidates: { totalCount: 1, nodes: [{ state: 'SETTLED' }] }, meetingDecisions: { nodes: [{ obligorUnit: { id: to } }] } }] });
});

test('what a meeting leaves undecided, or does not hold, waits again · row 70', async () => {
  const { chief } = await aDispute();
  const [candidate] = await candidates(chief);
  const first = made(await callWith(chief, candidate?.['id'], { plannedOn: '2025-08-04' }));
  await meet(chief, 'holdMeeting', { meetingId: first.id, expectedVersion: 1, heldOn: '2025-08-04', presentUnitIds: [], presentOfficialIds: [], records: [], decisions: [] });
  expect(await candidates(chief)).toMatchObject([{ state: 'WAITING', meeting: null, obligation: { state: 'OPEN' } }]);
  const second = made(await callWith(chief, candidate?.['id']));
  await meet(chief, 'callOffMeeting', { meetingId: second.id, expectedVersion: 1, reason: '另行安排' });
  expect(await candidates(chief)).toMatchObject([{ state: 'WAITING' }]);
  expect(await callWith(chief, candidate?.['id'], { kind: 'PROGRESS_HEARING' })).toMatchObject({ code: 'CANDIDATE_NOT_ACCEPTABLE' });
});

test('units that agree after all end it, and nobody owes it any more; told again as open it stays ended · row 70', async () => {
  const { told, chief } = await aDispute();
  await tell(supervision.db, 'referral-disputed', { payload: { ...told, state: 'SETTLED', settledOn: '2025-08-06' }, version: 2, source: 'assistance' });
  expect(await candidates(chief)).toMatchObject([{ state: 'AGREED', settledOn: '2025-08-06', obligation: { state: 'CANCELLED' } }]);
  await tell(supervision.db, 'referral-disputed', { payload: told, source: 'assistance' });
  expect(await candidates(chief)).toMatchObject([{ state: 'AGREED' }]);
});

test('a later dispute about the same referral says that the earlier is over, although the word of its end came to nothing · row 70', async () => {
  const { told, chief } = await aDispute();
  await tell(supervision.db, 'referral-disputed', { payload: { ...told, disputedOn: '2025-08-07' }, version: 3, source: 'assistance' });
  const states = (await candidates(chief)).map(({ state, obligation }) => [state, (obligation as { state: string }).state]);
  expect(states.sort()).toEqual([['AGREED', 'CANCELLED'], ['WAITING', 'OPEN']]);
});

test('第三十条第三款: the sealed lane has no agenda; others see a dispute only with its case or their own part · row 70', async () => {
  await aDispute({ isSealed: true });
  expect(await countRows(supervision.db, 'coordination_candidates')).toBe(0);
  const { from, to } = await aDispute();
  expect((await Promise.all([viewers.handler(from), viewers.handler(to), viewers.jointOffice('640105', randomUUID()), viewers.plain()].map(candidates))).map((one) => one.length)).toEqual([1, 1, 0, 0]);
});
