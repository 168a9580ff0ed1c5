import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import type { ActivityReported, PayloadOf } from '@anjie/contracts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { checkFormalism } from '../src/formalism/check-formalism';
import { at, COUNTY, haveKnownUnit, key, log, openSupervision, tell, type Supervision } from './builders';
import { relapse } from './closing';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2022-09-20T02:00:00Z');
});
afterAll(() => supervision.close());

type Reported = PayloadOf<typeof ActivityReported>;
const report = async (unitId: string, part: Partial<Reported> = {}, version = 1): Promise<Reported> => {
  const payload: Reported = {
    activityId: randomUUID(), kind: 'RECEPTION', state: 'HELD', unitId, officialIds: [randomUUID()], caseIds: [], plannedOn: '2022-09-01', heldOn: '2022-09-01', hasOutcome: true,
    offeredContact: true, textKey: null, ...part,
  };
  await tell(supervision.db, 'activity-reported', { payload, version, source: 'officials' });
  return payload;
};
const check = () => checkFormalism({ db: supervision.db, kinds: supervision.kinds, log });

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly rule: { readonly code: string };
}
const findings = async (viewer: Viewer, filter: object = {}) =>
  (await supervision.client.query<{ formalismFindings: { totalCount: number; nodes: Finding[] } }>(
    viewer, `query ($f: FormalismFindingFilter) { formalismFindings(first: 100, filter: $f) { totalCount nodes { id state version amount sinceOn activityId rule { code name days } unit { id } official { id } case { id } reason } } }`, { f: filter },
  )).formalismFindings.nodes;
const codes = (nodes: readonly Finding[]) => nodes.map((one) => one.rule.code).sort();

const ledger = () => [{ campaignId: randomUUID(), divisionCode: COUNTY, enteredOn: '2022-01-01', removedOn: null }];
async function aLedgerCase(part: object = {}) {
  const unit = await haveKnownUnit(supervision.db);
  const { caseId } = await haveCaseScope(supervision.db, { leadUnitId: unit, leadSince: '2022-01-10', parties: [{ kind: 'UNIT', id: unit, role: 'LEAD' }], ledgers: ledger(), ...part });
  return { unit, caseId };
}
const chief = viewers.jointOffice(COUNTY, randomUUID());
const dismissOf = async (viewer: Viewer, one: Finding | undefined, reason: string) => (await supervision.client.query<{ dismissFormalismFinding: { code?: string; finding?: Finding } }>(
  viewer, 'mutation ($input: DismissFormalismFindingInput!) { dismissFormalismFinding(input: $input) { ... on FormalismFindingPayload { finding { id state reason settledBy { id } } } ... on FormalismFindingRefusal { code message } } }',
  { input: { idempotencyKey: key(), findingId: one?.id, expectedVersion: 1, reason } },
)).dismissFormalismFinding;

test('防止搞形式、走过场: an activity without an outcome, copied words, and a ledger case without contact are found, once · row 65', async () => {
  const { unit, caseId } = await aLedgerCase();
  const other = await aLedgerCase();
  const empty = await report(unit, { hasOutcome: false, offeredContact: false });
  await report(unit, { caseIds: [caseId], textKey: 'same', offeredContact: false });
  await report(unit, { caseIds: [other.caseId], textKey: 'same' });
  expect([await check(), await check()]).toEqual([3, 0]);
  const found = await findings(chief);
  expect(codes(found)).toEqual(['ACTIVITY_WITHOUT_OUTCOME', 'COPIED_OUTCOME', 'NO_CONTACT_OFFERED']);
  expect(found).toEqual(expect.arrayContaining([
    expect.objectContaining({ rule: { code: 'ACTIVITY_WITHOUT_OUTCOME', name: 'An activity without an outcome', days: 7 }, activityId: empty.activityId, official: { id: empty.officialIds[0] }, unit: { id: unit } }),
    expect.objectContaining({ rule: expect.objectContaining({ code: 'COPIED_OUTCOME' }), amount: 2 }),
    expect.objectContaining({ rule: expect.objectContaining({ code: 'NO_CONTACT_OFFERED' }), case: { id: caseId }, sinceOn: '2022-01-10' }),
  ]));
});

test('what is mended is mended: the outcome was written down, contact was offered, accepted or declined · row 65', async () => {
  const { unit, caseId } = await aLedgerCase();
  const empty = await report(unit, { hasOutcome: false, offeredContact: false });
  expect(await check()).toBe(2);
  await report(unit, { ...empty, hasOutcome: true }, 2);
  await report(unit, { caseIds: [caseId], heldOn: '2022-09-20', plannedOn: '2022-09-20', offeredContact: true });
  expect(await check()).toBe(0);
  expect((await findings(chief)).map((one) => one.state)).toEqual(['MENDED', 'MENDED']);
});

test('a case that came into the ledger as resolved needs no contact until it comes again · rows 65, 45', async () => {
  const recognised = ledger().map((one) => ({ ...one, recognisedOn: '2022-03-01' }));
  const { unit, caseId } = await aLedgerCase({ ledgers: recognised });
  expect(await check()).toBe(0);
  await relapse(supervision, { caseId, unitId: unit, closedOn: '2022-03-01', repeatedOn: '2022-05-01' });
  expect(await check()).toBe(1);
});

test('planned and called off activities, closed, sealed and other cases are no findings · row 65', async () => {
  const { unit } = await aLedgerCase({ closedOn: '2022-05-01' });
  const sealed = await aLedgerCase({ isSealed: true });
  await aLedgerCase({ ledgers: [] });
  await report(unit, { state: 'PLANNED', heldOn: null, hasOutcome: false });
  await report(unit, { state: 'CALLED_OFF', heldOn: null, hasOutcome: false });
  await report(sealed.unit, { caseIds: [sealed.caseId], hasOutcome: false });
  expect(await check()).toBe(0);
});

test('a finding is seen by the unit and the official that it is about and by the offices above; a joint office dismisses it with a reason · row 65', async () => {
  const unit = await haveKnownUnit(supervision.db);
  const { officialIds } = await report(unit, { hasOutcome: false });
  await check();
  const leader = viewers.plain(officialIds[0] ?? '');
  const seen = await Promise.all([viewers.handler(unit), leader, chief, viewers.jointOffice('640105', randomUUID()), viewers.handler(randomUUID())].map(async (viewer) => (await findings(viewer)).length));
  expect(seen).toEqual([1, 1, 1, 0, 0]);
  const [one] = await findings(chief);
  const dismiss = (viewer: Viewer, reason: string) => dismissOf(viewer, one, reason);
  expect(await dismiss(viewers.handler(unit), '无此事')).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await dismiss(chief, '')).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await dismiss(chief, '结果记在会议纪要中。')).toMatchObject({ finding: { state: 'DISMISSED', settledBy: { id: chief.subject } } });
  expect(await check()).toBe(0);
  expect(await findings(chief, { state: 'OPEN' })).toEqual([]);
});

test('a part in a case of another county shows its findings and dismisses none; nor does an office dismiss what is found of it elsewhere · row 65', async () => {
  const [sponsor, leader] = [viewers.jointOffice('640105', randomUUID()), viewers.jointOffice('640105', randomUUID())];
  const { unit } = await aLedgerCase();
  const { caseId } = await aLedgerCase({ parties: [{ kind: 'UNIT', id: unit, role: 'LEAD' }, { kind: 'OFFICIAL', id: sponsor.subject, role: 'SPONSOR' }] });
  await report(unit, { hasOutcome: false, caseIds: [caseId], officialIds: [sponsor.subject] });
  await report(unit, { hasOutcome: false, officialIds: [leader.subject] });
  await check();
  for (const viewer of [sponsor, leader]) {
    const [one] = await findings(viewer, { rules: ['ACTIVITY_WITHOUT_OUTCOME'] });
    expect(one).toMatchObject({ state: 'OPEN' });
    expect(await dismissOf(viewer, one, '无此事')).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await dismissOf(chief, one, '结果记在会议纪要中。')).toMatchObject({ finding: { state: 'DISMISSED' } });
  }
});

test('findings hang under case, unit and official, each list in one statement · row 65', async () => {
  const { unit, caseId } = await aLedgerCase();
  await check();
  const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: { formalismFindings: { nodes: unknown[] } }[] }>(
    chief, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { formalismFindings { nodes { id rule { code } } } } } }', { r: [unit, randomUUID()].map((id) => ({ __typename: 'Unit', id })) },
  ));
  expect([result._entities.map((one) => one.formalismFindings.nodes.length), statements]).toEqual([[1, 0], 1]);
  const ofCase = await supervision.client.query(chief, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { formalismFindings { totalCount } } ... on Official { formalismFindings { totalCount } } } formalismRules { code catalogueRows check } }', {
    r: [{ __typename: 'Case', id: caseId }, { __typename: 'Official', id: randomUUID() }],
  });
  expect(ofCase).toMatchObject({ _entities: [{ formalismFindings: { totalCount: 1 } }, { formalismFindings: { totalCount: 0 } }], formalismRules: [{ catalogueRows: [65] }, {}, {}] });
});
