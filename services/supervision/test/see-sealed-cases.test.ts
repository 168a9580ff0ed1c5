import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import type { CaseScope } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, countRows, COUNTY, declare, haveKnownOfficial, haveKnownUnit, key, log, openSupervision, tell, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
afterAll(() => supervision.close());

const [hall, above, organ, accused, office, head, chief] = Array.from({ length: 7 }, () => randomUUID()) as [string, string, string, string, string, string, string];
const ISSUE = 'mutation ($input: IssueSupervisionLetterInput!) { issueSupervisionLetter(input: $input) { __typename ... on SupervisionLetterPayload { letter { id } } ... on SupervisionLetterRefusal { code } } }';
const issue = async (viewer: Viewer, caseId: string, toUnitId: string) => (await supervision.client.query<{ issueSupervisionLetter: { __typename: string; code?: string; letter?: { id: string } } }>(
  viewer, ISSUE, { input: { idempotencyKey: key(), kind: 'URGE_NOTE', caseId, toUnitId, ground: 'DELAY', body: '请抓紧办理。' } },
)).issueSupervisionLetter;

let caseId: string;
let obligationId: string;
let letterId: string;
const scope = (part: Partial<CaseScope> = {}, version = 2) => haveCaseScope(supervision.db, { caseId, parties: [{ kind: 'UNIT', id: hall, role: 'REGISTRAR' }, { kind: 'UNIT', id: hall, role: 'LEAD' }], ...part }, version);

beforeEach(async () => {
  const { db } = supervision;
  await supervision.truncate();
  await at(db, '2025-08-04T02:00:00Z');
  await haveKnownUnit(db, { unitId: above });
  await haveKnownUnit(db, { unitId: hall, ancestorIds: [above], headOfficialId: head });
  for (const unitId of [organ, accused, office]) await haveKnownUnit(db, { unitId });
  for (const id of [head, chief]) await haveKnownOfficial(db, hall, id);
  caseId = randomUUID();
  await scope({}, 1);
  obligationId = (await declare(db, { caseId, obligorUnitId: hall, dutyCode: 'T2' })).obligationId;
  letterId = (await issue(viewers.jointOffice(COUNTY, office), caseId, hall)).letter?.id ?? '';
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
});

/** What one viewer finds by every list, by root field and by reference. */
const found = async (viewer: Viewer): Promise<string> => JSON.stringify(await supervision.client.query(viewer, `query ($o: ID!, $l: ID!, $r: [_Any!]!) {
  obligations(first: 100) { totalCount nodes { id } } overdue: obligations(first: 100, filter: { state: OVERDUE }) { totalCount } obligation(id: $o) { id }
  supervisionLetters(first: 100) { totalCount nodes { id } } supervisionLetter(id: $l) { id } myReminders(first: 100) { totalCount nodes { id } }
  _entities(representations: $r) { ... on Case { obligations(first: 9) { totalCount } nextDueOn latestLetter { id } } ... on Unit { obligations(first: 9) { totalCount } }
    ... on Official { obligations(first: 9) { totalCount } own: reminders(first: 9) { totalCount } } ... on Obligation { id reminders(first: 9) { totalCount } } ... on SupervisionLetter { id } } }`, {
  o: obligationId, l: letterId, r: [{ __typename: 'Case', id: caseId }, { __typename: 'Unit', id: hall }, { __typename: 'Official', id: head }, { __typename: 'Obligation', id: obligationId }, { __typename: 'SupervisionLetter', id: letterId }],
}));

test('《信访工作条例》第三十条第三款: duties, reminders and letters of a sealed case are seen by staff of exactly the unit that has it', async () => {
  const outside: Readonly<Record<string, Viewer>> = {
    'the office of the county': viewers.jointOffice(COUNTY, office), 'the office of the province': viewers.jointOffice('640000', randomUUID()), 'the unit above': viewers.handler(above),
    'the accused unit': viewers.handler(accused), 'the head of the unit, without a role': viewers.plain(head, hall), 'an official of the unit, without a role': viewers.plain(chief, hall),
  };
  const nothing = await found(viewers.plain());
  for (const who of ['the office of the county', 'the office of the province', 'the unit above', 'the head of the unit, without a role']) expect([who, await found(outside[who] ?? viewers.plain())]).not.toEqual([who, nothing]);
  const open = await found(viewers.handler(hall));
  await scope({ isSealed: true });
  for (const [who, viewer] of Object.entries(outside)) expect([who, await found(viewer)]).toEqual([who, nothing]);
  expect(await found(viewers.handler(hall))).toBe(open);
  expect(await found(viewers.handler(hall, chief))).not.toBe(nothing);
  await scope({ isSealed: true, excluded: [{ kind: 'OFFICIAL', id: chief }] });
  expect(await found(viewers.handler(hall, chief))).toBe(nothing);
  await scope({ isSealed: true, parties: [{ kind: 'UNIT', id: organ, role: 'LEAD' }] });
  expect(await found(viewers.handler(hall))).toBe(nothing);
  expect(await found(viewers.handler(organ))).not.toBe(nothing);
});

test('the duty of the registering unit is watched like any other: its staff are reminded, and only they', async () => {
  await scope({ isSealed: true });
  expect(await countRows(supervision.db, 'reminders')).toBeGreaterThan(0);
  const mine = async (viewer: Viewer) => (await supervision.client.query<{ myReminders: { totalCount: number } }>(viewer, '{ myReminders(first: 9) { totalCount } }')).myReminders.totalCount;
  expect(await mine(viewers.handler(hall))).toBeGreaterThan(0);
  expect([await mine(viewers.handler(above)), await mine(viewers.plain(head, hall))]).toEqual([0, 0]);
});

test('no letter is written in a sealed case; for offices that do not see it, it does not exist', async () => {
  await scope({ isSealed: true });
  const before = await countRows(supervision.db, 'supervision_letters');
  expect(await issue(viewers.jointOffice(COUNTY, hall), caseId, hall)).toMatchObject({ code: 'CASE_SEALED' });
  for (const viewer of [viewers.jointOffice(COUNTY, office), viewers.jointOffice('640000', randomUUID())]) expect(await issue(viewer, caseId, hall)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await countRows(supervision.db, 'supervision_letters')).toBe(before);
});

test('a scope that an older cases service told says nothing of the sealed lane, and is open', async () => {
  const old = await scope({}, 3);
  const { isSealed: _unsaid, ...payload } = old;
  await tell(supervision.db, 'case-scope-changed', { payload, version: 4 });
  expect(await found(viewers.jointOffice(COUNTY, office))).not.toBe(await found(viewers.plain()));
});
