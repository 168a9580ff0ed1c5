import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, COUNTY, declare, haveKnownUnit, key, log, openSupervision, type Supervision } from './builders';
import { aCounty, act, send, sendApproved, type County } from './instruments';
import { inboxOf, kindsIn } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2022-06-01T02:00:00Z');
});
afterAll(() => supervision.close());

const LISTING = `listing { id plate divisionCode state version deadlineOn delistedOn decisionReason evidence unit { id } case { id } decisionLetter { id } obligation { state dueOn dutyName }
  progress { text reportedOn reportedBy { id } } proposedBy { id } decidedBy { id } }`;
interface ListingAnswer {
  readonly listing?: { readonly id: string; readonly plate: string; readonly state: string; readonly version: number } & Record<string, unknown>;
  readonly code?: string;
}
const MUTATIONS = {
  list: ['listSupervision', 'ListSupervisionInput'], report: ['reportListingProgress', 'ReportListingProgressInput'], propose: ['proposeDelisting', 'ProposeDelistingInput'], decide: ['decideDelisting', 'DecideDelistingInput'],
} as const;
const run = async (mutation: keyof typeof MUTATIONS, viewer: Viewer, input: object): Promise<ListingAnswer> => {
  const [field, type] = MUTATIONS[mutation];
  return (await supervision.client.query<{ answer: ListingAnswer }>(
    viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) { ... on ListedSupervisionPayload { ${LISTING} } ... on ListedSupervisionRefusal { code message } } }`, { input: { idempotencyKey: key(), ...input } },
  )).answer;
};
const decision = (county: County) => sendApproved(supervision, county, 'LISTING_DECISION', { replyDueOn: '2022-12-30' });
const listed = async (county: County) => {
  const { listing } = await run('list', county.chief, { letterId: (await decision(county)).id, deadlineOn: '2022-12-30', reason: '长期未化解。' });
  if (!listing) throw new Error('not listed');
  return listing;
};

test('山西: a difficult case is listed under a plate with its day, reported on, and delisted on evidence by another person · row 123', async () => {
  const county = await aCounty(supervision);
  const listing = await listed(county);
  expect(listing).toMatchObject({ plate: '挂督〔2022〕0001号', divisionCode: COUNTY, state: 'LISTED', unit: { id: county.unit }, obligation: { state: 'OPEN', dueOn: '2022-12-30', dutyName: 'settle the listed case by its day' } });
  expect(kindsIn(await inboxOf(supervision, county.handler))).toContain('SUPERVISION_LISTED');
  const reported = await run('report', county.handler, { listingId: listing.id, text: '已约见两次，兑付方案报批中。' });
  expect(reported.listing).toMatchObject({ progress: [{ text: '已约见两次，兑付方案报批中。', reportedBy: { id: county.handler.subject } }], version: 1 });
  const proposed = await run('propose', county.handler, { listingId: listing.id, expectedVersion: 1, proposal: '款项已全部兑付。', evidence: '支付凭证〔2022〕18号' });
  expect(proposed.listing).toMatchObject({ state: 'DELISTING_PROPOSED', version: 2 });
  const decide = (viewer: Viewer, part: object = {}) => run('decide', viewer, { listingId: listing.id, expectedVersion: 2, decision: 'DELIST', reason: '凭证属实。', ...part });
  expect(await decide(county.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(viewers.jointOffice(COUNTY, county.unit))).toMatchObject({ code: 'OF_LISTED_UNIT' });
  const returned = await decide(county.chief, { decision: 'RETURN', reason: '缺收款凭证。' });
  expect(returned.listing).toMatchObject({ state: 'LISTED', decisionReason: '缺收款凭证。', obligation: { state: 'OPEN' } });
  await run('propose', county.chief, { listingId: listing.id, expectedVersion: 3, proposal: '已补齐。', evidence: '收款凭证〔2022〕2号' });
  expect(await run('decide', county.chief, { listingId: listing.id, expectedVersion: 4, decision: 'DELIST', reason: '属实。' })).toMatchObject({ code: 'SAME_PERSON' });
  const off = await run('decide', county.city, { listingId: listing.id, expectedVersion: 4, decision: 'DELIST', reason: '属实。' });
  expect(off.listing).toMatchObject({ state: 'DELISTED', delistedOn: '2022-06-01', decidedBy: { id: county.city.subject }, obligation: { state: 'MET' } });
  expect(await run('report', county.handler, { listingId: listing.id, text: '再报。' })).toMatchObject({ code: 'WRONG_STATE' });
});

test('plates count per division without gap or double, and a listing stands on a decision that went out · row 123', async () => {
  const county = await aCounty(supervision);
  const first = await listed(county);
  const second = await listed(county);
  expect([first.plate, second.plate]).toEqual(['挂督〔2022〕0001号', '挂督〔2022〕0002号']);
  const letter = await decision(county);
  const ask = (part: object = {}, viewer: Viewer = county.chief) => run('list', viewer, { letterId: letter.id, deadlineOn: '2022-12-30', reason: '久拖不决。', ...part });
  expect(await ask({ letterId: (await send(supervision, county, 'URGE_NOTE')).id })).toMatchObject({ code: 'NO_LISTING_DECISION' });
  expect(await ask({ deadlineOn: '2022-06-01' })).toMatchObject({ code: 'DEADLINE_NOT_ACCEPTABLE' });
  expect(await ask({}, county.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await ask()).toMatchObject({ listing: { plate: '挂督〔2022〕0003号' } });
  expect(await ask()).toMatchObject({ code: 'ALREADY_LISTED' });
});

test('a decision on a case that has gone to another county since hangs no plate there, whatever part in it is left · row 123', async () => {
  const county = await aCounty(supervision);
  const letter = await decision(county);
  const parties = [{ kind: 'UNIT' as const, id: county.unit, role: 'LEAD' as const }, { kind: 'OFFICIAL' as const, id: county.chief.subject, role: 'SPONSOR' as const }];
  await haveCaseScope(supervision.db, { caseId: county.caseId, divisionCode: '640105', parties }, 2);
  expect(await run('list', county.chief, { letterId: letter.id, deadlineOn: '2022-12-30', reason: '长期未化解。' })).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('a listing is seen with the case, by the listed unit and by nobody else; it hangs under case and unit in one statement · row 123', async () => {
  const county = await aCounty(supervision);
  const { id } = await listed(county);
  const sees = async (viewer: Viewer) => (await supervision.client.query<{ listedSupervision: object | null; listedSupervisions: { totalCount: number } }>(
    viewer, 'query ($id: ID!) { listedSupervision(id: $id) { id } listedSupervisions(filter: { state: LISTED, deadlineBefore: "2023-01-01" }) { totalCount } }', { id },
  ));
  const counts = await Promise.all([county.handler, county.city, viewers.handler(randomUUID()), viewers.jointOffice('640105', randomUUID())].map(async (viewer) => [(await sees(viewer)).listedSupervision !== null, (await sees(viewer)).listedSupervisions.totalCount]));
  expect(counts).toEqual([[true, 1], [true, 1], [false, 0], [false, 0]]);
  const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: { listedSupervisions: { nodes: unknown[] } }[] }>(
    county.city, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { listedSupervisions { nodes { id plate } } } } }', { r: [county.unit, county.office].map((unit) => ({ __typename: 'Unit', id: unit })) },
  ));
  expect([result._entities.map((one) => one.listedSupervisions.nodes.length), statements]).toEqual([[1, 0], 1]);
});

test('letters that wait, letters that are overdue and plates are figures of the campaign, as of each day · rows 123, 134', async () => {
  const campaignId = randomUUID();
  const county = await aCounty(supervision);
  await haveCaseScope(supervision.db, {
    caseId: county.caseId, parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }], ledgers: [{ campaignId, divisionCode: COUNTY, enteredOn: '2022-01-01', removedOn: null }],
  }, 2);
  const figures = async (asOf: string) => {
    const data = await supervision.client.query<{ _entities: Record<string, { value: number; formula: string }>[] }>(
      county.city, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { lettersOpen { value formula } lettersOverdue { value } platesOpen { value } } } }',
      { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: '640100', asOf }] },
    );
    return ['lettersOpen', 'lettersOverdue', 'platesOpen'].map((name) => data._entities[0]?.[name]?.value);
  };
  const issued = await send(supervision, county, 'SUPERVISION_LETTER');
  await listed(county);
  await at(supervision.db, '2022-06-10T02:00:00Z');
  await sweepDeadlines(supervision.db, log);
  await at(supervision.db, '2022-06-11T02:00:00Z');
  await act(supervision, 'reply', county.handler, { letterId: issued.id, expectedVersion: 1, reply: '本月办结。' });
  expect(await Promise.all(['2022-05-31', '2022-06-01', '2022-06-10', '2022-06-11'].map(figures))).toEqual([[0, 0, 0], [2, 0, 1], [2, 1, 1], [1, 0, 1]]);
});

test('第三十条第三款: once the case is sealed, its plate, its ladder and its letters are there for nobody above the unit', async () => {
  const county = await aCounty(supervision);
  const { id } = await listed(county);
  const ask = async (viewer: Viewer) => supervision.client.query<{ listedSupervision: object | null; ladderOf: object | null; supervisionLetters: { totalCount: number } }>(
    viewer, 'query ($id: ID!, $c: ID!, $u: ID!) { listedSupervision(id: $id) { id } ladderOf(caseId: $c, unitId: $u) { nextRung } supervisionLetters { totalCount } }', { id, c: county.caseId, u: county.unit },
  );
  expect(await ask(county.city)).toMatchObject({ listedSupervision: { id }, ladderOf: { nextRung: null }, supervisionLetters: { totalCount: 1 } });
  await haveCaseScope(supervision.db, { caseId: county.caseId, isSealed: true, parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }] }, 2);
  expect(await ask(county.city)).toEqual({ listedSupervision: null, ladderOf: null, supervisionLetters: { totalCount: 0 } });
  expect(await ask(county.chief)).toEqual({ listedSupervision: null, ladderOf: null, supervisionLetters: { totalCount: 0 } });
  expect(await ask(county.handler)).toMatchObject({ listedSupervision: { id } });
});

const FOCUS = 'focus { id version isInForce untilOn endedOn endReason unit { id } figures { overdueObligations lettersWithoutProgress openListings } }';
interface FocusAnswer {
  readonly focus?: { readonly id: string; readonly version: number } & Record<string, unknown>;
  readonly code?: string;
}
const focus = async (mutation: 'begin' | 'end', viewer: Viewer, input: object): Promise<FocusAnswer> => {
  const type = mutation === 'begin' ? 'BeginFocusManagementInput' : 'EndFocusManagementInput';
  return (await supervision.client.query<{ answer: FocusAnswer }>(
    viewer, `mutation ($input: ${type}!) { answer: ${mutation}FocusManagement(input: $input) { ... on FocusManagementPayload { ${FOCUS} } ... on FocusManagementRefusal { code message } } }`, { input: { idempotencyKey: key(), ...input } },
  )).answer;
};

test('重点管理 of a unit stands on the figures of its own work, for a period, and ends with it · row 123', async () => {
  const county = await aCounty(supervision);
  const input = { unitId: county.unit, untilOn: '2022-09-30', reason: '多件事项久拖不决。' };
  expect(await focus('begin', county.chief, input)).toMatchObject({ code: 'NO_GROUND_IN_FIGURES' });
  await declare(supervision.db, { caseId: county.caseId, obligorUnitId: county.unit, startOn: '2022-01-01', dueRaw: '2022-03-02', dueOn: '2022-03-02' });
  await sweepDeadlines(supervision.db, log);
  await listed(county);
  expect(await focus('begin', county.handler, input)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await focus('begin', viewers.jointOffice('640105', randomUUID()), input)).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await focus('begin', county.chief, { ...input, untilOn: '2022-06-01' })).toMatchObject({ code: 'PERIOD_NOT_ACCEPTABLE' });
  const begun = await focus('begin', county.chief, input);
  expect(begun.focus).toMatchObject({ isInForce: true, unit: { id: county.unit }, figures: { overdueObligations: 1, lettersWithoutProgress: 0, openListings: 1 } });
  expect(kindsIn(await inboxOf(supervision, county.handler))).toContain('FOCUS_BEGUN');
  expect(await focus('begin', county.chief, input)).toMatchObject({ code: 'ALREADY_FOCUSED' });
  const seen = async (viewer: Viewer) => (await supervision.client.query<{ focusManagements: { totalCount: number } }>(viewer, '{ focusManagements(filter: { inForceOnly: true }) { totalCount } }')).focusManagements.totalCount;
  expect([await seen(county.handler), await seen(county.city), await seen(viewers.handler(await haveKnownUnit(supervision.db)))]).toEqual([1, 1, 0]);
  await at(supervision.db, '2022-10-01T02:00:00Z');
  expect(await seen(county.city)).toBe(0);
  expect(await focus('end', county.chief, { focusId: begun.focus?.id, expectedVersion: 1, reason: '已到期。' })).toMatchObject({ code: 'WRONG_STATE' });
  const again = await focus('begin', county.chief, { ...input, untilOn: '2022-12-31' });
  expect(await focus('end', county.chief, { focusId: again.focus?.id, expectedVersion: 1, reason: '整改到位。' })).toMatchObject({ focus: { isInForce: false, endedOn: '2022-10-01', endReason: '整改到位。' } });
});

test('重点管理 that the city imposed is ended by the city or above, never by the county\'s office · row 123', async () => {
  const county = await aCounty(supervision);
  await listed(county);
  const begun = await focus('begin', county.city, { unitId: county.unit, untilOn: '2022-09-30', reason: '多件事项久拖不决。' });
  const end = (viewer: Viewer) => focus('end', viewer, { focusId: begun.focus?.id, expectedVersion: 1, reason: '整改到位。' });
  expect(await end(county.chief)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await end(viewers.jointOffice('640000', randomUUID()))).toMatchObject({ focus: { isInForce: false } });
});
