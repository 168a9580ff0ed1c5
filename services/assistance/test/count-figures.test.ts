import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { inTransaction } from '@anjie/service-kit/database';
import { aCaseScope, viewers } from '@anjie/testing';
import { onCaseScopeChanged } from '../src/jobs/on-case-scope-changed';
import { aSending, delivered, departments, openStage, referralActs, step, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
const campaign = randomUUID();
const parent = randomUUID();
const ledger = (campaignId: string, part: object = {}) => ({ campaignId, divisionCode: '640104', enteredOn: '2024-01-01', removedOn: null, ...part });
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage, { ledgers: [ledger(campaign), ledger(parent)] });
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

interface Rollup {
  readonly referralsOpen: { value: number; formula: string; asOf: string };
  readonly visitsDone: { value: number };
}
const ROLLUP = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { referralsOpen { value formula asOf } visitsDone { value } } } }';
const rollups = async (viewer: Viewer, keys: readonly { asOf: string; divisionCode?: string; campaignId?: string }[], sql: EntityManager = stage.db.manager) =>
  (
    await stage.clientOn(sql).query<{ _entities: (Rollup | null)[] }>(viewer, ROLLUP, {
      r: keys.map((key) => ({ __typename: 'DivisionRollup', campaignId: campaign, divisionCode: '640104', ...key })),
    })
  )._entities;
const open = async (asOf: string, campaignId = campaign) => (await rollups(d.jointOffice, [{ asOf, campaignId }]))[0]?.referralsOpen.value;
/** What cases would tell: the case with other ledgers. */
const ledgersBecome = (ledgers: readonly ReturnType<typeof ledger>[], version: number) =>
  inTransaction(stage.db, (tx) => onCaseScopeChanged(stage.services).effectOfMany(tx, [{
    payload: aCaseScope({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], ledgers: [...ledgers] }),
    message: { id: randomUUID(), source: 'cases', aggregateId: d.caseId, version, requestId: 'test' },
  }]));

test('an open referral counts in every ledger from the day it is sent to the day it ends', async () => {
  const referral = await delivered(stage, d);
  await stage.itIs('2024-03-06');
  await referralActs(stage).act(d.sender, 'withdrawReferral', step(referral));
  expect([await open('2024-02-29'), await open('2024-03-01'), await open('2024-03-05'), await open('2024-03-06')]).toEqual([0, 1, 1, 0]);
  expect(await open('2024-03-05', parent)).toBe(1);
});

test('completed, returned and withdrawn referrals count no more, those under way do', async () => {
  const acts = referralActs(stage);
  const [completed, returned, signed] = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER' }), await delivered(stage, d, { purpose: 'MEDIATION' })];
  await acts.act(d.sender, 'sendReferral', aSending(d, { purpose: 'POLICY_OPINION' }));
  for (const one of [completed, signed]) await acts.act(d.receiver, 'signReferral', step(one));
  await acts.act(d.receiver, 'acceptReferral', step({ ...completed, version: 3 }));
  await acts.act(d.receiver, 'requestReferralReturn', step(returned, { reason: '不属于本单位' }));
  expect(await open('2024-03-01')).toBe(4);
  await acts.act(d.receiver, 'completeReferral', step({ ...completed, version: 4 }, { outcome: '已办' }));
  await acts.act(d.sender, 'consentToReferralReturn', step({ ...returned, version: 3 }));
  expect(await open('2024-03-01')).toBe(2);
});

test('a ledger that the case enters late counts from then on; one that it leaves keeps its past days', async () => {
  await delivered(stage, d);
  const late = randomUUID();
  await ledgersBecome([ledger(campaign, { removedOn: '2024-03-10' }), ledger(late, { enteredOn: '2024-03-05' })], 2);
  expect([await open('2024-03-04'), await open('2024-03-09'), await open('2024-03-10')]).toEqual([1, 1, 0]);
  expect([await open('2024-03-04', late), await open('2024-03-05', late)]).toEqual([0, 1]);
  expect([await open('2024-03-04', parent)]).toEqual([0]);
});

test('the same scope told twice changes no figure', async () => {
  await delivered(stage, d);
  await ledgersBecome([ledger(campaign)], 2);
  const before = await stage.rows('SELECT campaign_id, on_date, delta, change_seq FROM figure_deltas ORDER BY 1, 2');
  await ledgersBecome([ledger(campaign)], 3);
  expect(await stage.rows('SELECT campaign_id, on_date, delta, change_seq FROM figure_deltas ORDER BY 1, 2')).toEqual(before);
});

test('a referral sent while the ledgers change is counted once in the end, whoever comes first', async () => {
  const late = randomUUID();
  const ledgers = [ledger(campaign), ledger(late)];
  await Promise.all([
    referralActs(stage).act(d.sender, 'sendReferral', aSending(d)), ledgersBecome(ledgers, 2), referralActs(stage).act(d.sender, 'sendReferral', aSending(d, { purpose: 'OTHER' })),
  ]);
  expect([await open('2024-03-01'), await open('2024-03-01', late)]).toEqual([2, 2]);
});

test('a visit that took place counts, a declined one does not', async () => {
  const visitor = await stage.haveOfficial(d.lead);
  const planVisit = async () => (await stage.client.query<{ answer: { followUpVisit: { id: string } } }>(
    d.sender, 'mutation ($input: PlanFollowUpVisitInput!) { answer: planFollowUpVisit(input: $input) { ... on FollowUpVisitPayload { followUpVisit { id } } } }',
    { input: { idempotencyKey: randomUUID(), caseId: d.caseId, kind: 'OTHER', plannedOn: '2024-03-01', officialId: visitor } },
  )).answer.followUpVisit.id;
  for (const part of [{ outcome: 'DONE', doneOn: '2024-03-01' }, { outcome: 'DECLINED' }]) {
    const input = { idempotencyKey: randomUUID(), followUpVisitId: await planVisit(), expectedVersion: 1, ...part };
    await stage.client.query(d.sender, 'mutation ($input: RecordFollowUpVisitInput!) { recordFollowUpVisit(input: $input) { __typename } }', { input });
  }
  expect((await rollups(d.jointOffice, [{ asOf: '2024-03-01' }]))[0]?.visitsDone.value).toBe(1);
});

test('a rollup is for joint offices of the division and above; sums of counties make the city; many keys cost one statement', async () => {
  await delivered(stage, d);
  await departments(stage, { divisionCode: '640105', ledgers: [ledger(campaign, { divisionCode: '640105' })] }).then((far) => delivered(stage, far));
  let statements = 0;
  const counting = { query: (...args: [string, unknown[]]) => ((statements += 1), stage.db.manager.query(...args)) } as unknown as EntityManager;
  const keys = ['640104', '640105', '640100', '330402'].map((divisionCode) => ({ asOf: '2024-03-01', divisionCode }));
  const seen = await rollups(d.jointOffice, keys, counting);
  expect(seen.map((one) => one?.referralsOpen.value)).toEqual([1, 1, 2, undefined]);
  expect(seen[0]?.referralsOpen).toMatchObject({ asOf: '2024-03-01', formula: expect.stringContaining('转办') });
  expect(statements).toBe(1);
  expect(await rollups(d.sender, keys)).toEqual([null, null, null, null]);
  expect(await rollups(d.jointOffice, [{ asOf: 'yesterday' }, { asOf: '2024-03-01', divisionCode: '64%' }])).toEqual([null, null]);
});

test('a higher office pulls changes page by page and never adds twice', async () => {
  await delivered(stage, d);
  await stage.itIs('2024-03-02');
  await delivered(stage, d, { purpose: 'OTHER' });
  const pull = async (viewer: Viewer, part: object) => {
    const query = 'query ($r: [_Any!]!, $d: ID!, $s: String, $n: Int) { _entities(representations: $r) { ... on Campaign { assistanceFigureChanges(divisionCode: $d, changedSince: $s, first: $n) { nodes { figure divisionCode on delta } endCursor hasMore } } } }';
    const data = await stage.client.ask(viewer, query, { r: [{ __typename: 'Campaign', id: campaign }], d: '640100', ...part });
    return (data.data?.['_entities'] as { assistanceFigureChanges: { nodes: unknown[]; endCursor: string | null; hasMore: boolean } | null }[] | undefined)?.[0]?.assistanceFigureChanges;
  };
  const first = await pull(d.jointOffice, { n: 1 });
  expect(first).toEqual({ nodes: [{ figure: 'REFERRALS_OPEN', divisionCode: '640104', on: '2024-03-01', delta: 1 }], endCursor: expect.any(String), hasMore: true });
  const second = await pull(d.jointOffice, { s: first?.endCursor });
  expect(second).toMatchObject({ nodes: [{ on: '2024-03-02', delta: 1 }], hasMore: false });
  expect(await pull(d.jointOffice, { s: second?.endCursor })).toEqual({ nodes: [], endCursor: second?.endCursor, hasMore: false });
  expect(await pull(viewers.jointOffice('330400', d.office), {})).toBeNull();
  expect(await pull(d.jointOffice, { s: 'nonsense' })).toBeNull();
});

const NEW_COLUMNS = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { visitsDue { value formula } agencyTasksDone { value formula } disputesSettled { value formula } } } }';
const columns = async (asOf: string) =>
  (await stage.client.query<{ _entities: Record<string, { value: number; formula: string }>[] }>(d.jointOffice, NEW_COLUMNS, { r: [{ __typename: 'DivisionRollup', campaignId: campaign, divisionCode: '640104', asOf }] }))._entities[0];

test('visits due, agency tasks done and disputes settled are dated columns with their formulas · rows 70, 84, 107', async () => {
  const visitor = await stage.haveOfficial(d.lead);
  const input = (part: object) => ({ idempotencyKey: randomUUID(), ...part });
  const act = (name: string, part: object) => stage.client.query<Record<string, Record<string, { id: string }>>>(
    d.sender, `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ${name.endsWith('Visit') ? '... on FollowUpVisitPayload { followUpVisit { id } }' : '... on AgencyTaskPayload { agencyTask { id } }'} } }`, { input: input(part) },
  );
  const visit = (await act('planFollowUpVisit', { caseId: d.caseId, kind: 'OTHER', plannedOn: '2024-03-05', officialId: visitor }))['planFollowUpVisit']?.['followUpVisit']?.id;
  const task = (await act('offerAgencyTask', { caseId: d.caseId, kind: 'BRING_PAPERS', level: 'TOWNSHIP' }))['offerAgencyTask']?.['agencyTask']?.id;
  await act('authoriseAgencyTask', { agencyTaskId: task, expectedVersion: 1, documentId: randomUUID(), scope: '递交材料', until: '2024-05-01' });
  await act('startAgencyTask', { agencyTaskId: task, expectedVersion: 2, finishBy: '2024-03-20' });
  await act('completeAgencyTask', { agencyTaskId: task, expectedVersion: 3, outcome: '已递交' });
  const referral = await delivered(stage, d);
  await referralActs(stage).act(d.receiver, 'requestReferralReturn', step(referral, { reason: '不属于' }));
  await referralActs(stage).act(d.sender, 'refuseReferralReturn', step({ ...referral, version: 3 }, { reason: '属于' }));
  await stage.itIs('2024-03-08');
  await referralActs(stage).act(d.sender, 'withdrawReferral', step({ ...referral, version: 4 }));
  await act('recordFollowUpVisit', { followUpVisitId: visit, expectedVersion: 1, outcome: 'DONE', doneOn: '2024-03-08' });
  const values = async (asOf: string) => { const one = await columns(asOf); return [one?.['visitsDue']?.value, one?.['agencyTasksDone']?.value, one?.['disputesSettled']?.value]; };
  expect([await values('2024-02-29'), await values('2024-03-04'), await values('2024-03-05'), await values('2024-03-07'), await values('2024-03-08')]).toEqual([[0, 0, 0], [0, 1, 0], [1, 1, 0], [1, 1, 0], [0, 1, 1]]);
  expect((await columns('2024-03-08'))?.['visitsDue']?.formula).toContain('回访');
});
