import { randomUUID } from 'node:crypto';
import { CaseCrewChanged } from '@anjie/contracts';
import { inTransaction, select } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import { reactionTable } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import type { CaseScope } from '@anjie/service-kit/facts';
import type { EntityManager } from 'typeorm';
import { aCaseScope, setBusinessNow, viewers } from '@anjie/testing';
import { reactions } from '../src/jobs';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { sponsorsFromLedgers } from '../src/jobs/on-sponsor-named';
import { figureRows, key, openOfficials, toldOf, type Officials } from './fixture';

let officials: Officials;
let sponsor: string;
const campaignId = randomUUID();
const office = viewers.jointOffice('640100', randomUUID());
const ledger = (part: object = {}) => ({ campaignId, divisionCode: '640104', enteredOn: '2026-03-01', removedOn: null, ...part });

beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T04:00:00Z'));
  await officials.divisions();
  await officials.unit({ code: 'OFFICE' });
  sponsor = await officials.official('OFFICE');
});
afterAll(() => officials.close());

const hear = (scope: CaseScope, version: number) => inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version }]));
const named = (caseId: string, on = '2026-02-01', officialId = sponsor) =>
  inTransaction(officials.db, (tx) => sponsorsFromLedgers(tx, [{ caseId, officialId, on }], { outbox: officials.outbox, requestId: 'r' }));
const formTaskForce = (caseId: string) =>
  officials.client.query(office, 'mutation($input: FormTaskForceInput!) { formTaskForce(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), caseId, name: '专班', purpose: '化解', formedOn: '2026-04-01', members: [{ officialId: sponsor, duty: 'LEADER' }] },
  });
const readinessOf = async (caseId: string) =>
  (await officials.client.query<{ _entities: { readiness: object }[] }>(
    office, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { readiness { isComplete missing leadSince slots { code label isFilled since missingSince } } } } }',
    { r: [{ __typename: 'Case', id: caseId }] },
  ))._entities[0]?.readiness;

test('every event that the service is told has one reaction', () => {
  expect([...reactionTable('officials', reactions({ outbox: officials.outbox } as OpenService)).keys()].sort()).toEqual(['case-scope-changed', 'sponsor-named']);
  expect(CaseCrewChanged.ordering).toBe('SNAPSHOT');
});

test.each`
  order
  ${'scope first'}
  ${'sponsor first'}
`('a ledger import counts the sponsor once, whichever message comes first ($order)', async ({ order }: { order: string }) => {
  const scope = aCaseScope({ ledgers: [ledger()] });
  if (order === 'scope first') await hear(scope, 1);
  await named(scope.caseId);
  if (order !== 'scope first') await hear(scope, 1);
  await named(scope.caseId, '2026-02-02');
  await hear(scope, 2);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-03-01 1']);
  expect(await toldOf(officials.db, 'case-crew-changed')).toHaveLength(1);
  expect(await readinessOf(scope.caseId)).toMatchObject({ missing: ['TASK_FORCE', 'PLAN'], slots: [{ since: '2026-03-01' }, { since: '2026-02-01' }, {}, {}] });
});

test('both messages at once still count once', async () => {
  for (let i = 0; i < 10; i += 1) {
    const scope = aCaseScope({ ledgers: [ledger()] });
    await Promise.all([hear(scope, 1), named(scope.caseId)]);
  }
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-03-01 10']);
});

test('an unknown or excluded official in a ledger sponsors nothing', async () => {
  const scope = aCaseScope({ ledgers: [ledger()], excluded: [{ kind: 'OFFICIAL', id: sponsor }] });
  await hear(scope, 1);
  await named(scope.caseId);
  await named(scope.caseId, '2026-02-01', randomUUID());
  expect(await select(officials.db.manager, 'SELECT 1 FROM sponsorships')).toHaveLength(0);
  expect(await figureRows(officials.db)).toEqual([]);
});

test('the four ones fill one by one and count from the last of their days · row 50', async () => {
  const scope = aCaseScope({ ledgers: [ledger()] });
  await hear(scope, 1);
  expect(await readinessOf(scope.caseId)).toMatchObject({ isComplete: false, missing: ['SPONSOR', 'TASK_FORCE', 'PLAN'] });
  await named(scope.caseId);
  await formTaskForce(scope.caseId);
  await hear({ ...scope, planSince: '2026-05-05', leadSince: '2026-03-02' }, 2);
  expect(await readinessOf(scope.caseId)).toEqual({
    isComplete: true, missing: [], leadSince: '2026-03-02',
    slots: [
      { code: 'MATTER', label: '一件信访事项', isFilled: true, since: '2026-03-01', missingSince: null },
      { code: 'SPONSOR', label: '一位包案领导', isFilled: true, since: '2026-02-01', missingSince: null },
      { code: 'TASK_FORCE', label: '一个工作专班', isFilled: true, since: '2026-04-01', missingSince: null },
      { code: 'PLAN', label: '一套解决方案', isFilled: true, since: '2026-05-05', missingSince: null },
    ],
  });
  expect(await figureRows(officials.db)).toEqual(['FOUR_ONES_COMPLETE 640104 2026-05-05 1', 'SPONSORED 640104 2026-03-01 1']);
  expect(await select(officials.db.manager, 'SELECT is_sponsored AS s, is_complete AS c FROM case_readiness')).toEqual([{ s: 1, c: 1 }]);
  await hear({ ...scope, planSince: null }, 3);
  expect(await figureRows(officials.db)).toEqual([
    'FOUR_ONES_COMPLETE 640104 2026-05-05 1', 'FOUR_ONES_COMPLETE 640104 2026-06-30 -1', 'SPONSORED 640104 2026-03-01 1',
  ]);
});

test('a case that leaves its ledger leaves the figures that day; one that enters another is counted there', async () => {
  const scope = aCaseScope({ ledgers: [ledger()] });
  await hear(scope, 1);
  await named(scope.caseId);
  const other = randomUUID();
  await hear({ ...scope, ledgers: [ledger({ removedOn: '2026-05-20' }), ledger({ campaignId: other, divisionCode: '640105', enteredOn: '2026-05-20' })] }, 2);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-03-01 1', 'SPONSORED 640104 2026-05-20 -1', 'SPONSORED 640105 2026-05-20 1']);
});

const rollup = (division: string, asOf = '2026-06-30') => ({ __typename: 'DivisionRollup', campaignId, divisionCode: division, asOf });
const ROLLUP = `query($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { divisionCode division { name } sponsoredCases { value formula asOf } fourOnesComplete { value }
  children { divisionCode sponsoredCases { value } } } } }`;
interface Rolled {
  readonly divisionCode: string;
  readonly sponsoredCases: { readonly value: number; readonly formula: string };
  readonly children: readonly { readonly divisionCode: string; readonly sponsoredCases: { readonly value: number } }[];
}
const rolled = async (keys: readonly object[], viewer = office) => (await officials.client.query<{ _entities: (Rolled | null)[] }>(viewer, ROLLUP, { r: keys }))._entities;

test('a rollup is the sum of its children, zero rows included, in one figures statement', async () => {
  for (const divisionCode of ['640104', '640104', '640105']) {
    const scope = aCaseScope({ divisionCode, ledgers: [ledger({ divisionCode })] });
    await hear(scope, 1);
    await named(scope.caseId);
  }
  const [city, county] = await rolled([rollup('640100'), rollup('640104')]);
  expect(city).toMatchObject({ sponsoredCases: { value: 3, asOf: '2026-06-30' }, fourOnesComplete: { value: 0 }, division: { name: '银川市' } });
  expect(city?.sponsoredCases.formula).toMatch(/包案领导.*active sponsor/);
  expect(city?.children.map((c) => [c.divisionCode, c.sponsoredCases.value])).toEqual([['640104', 2], ['640105', 1]]);
  expect(county?.children).toEqual([{ divisionCode: '640104100', sponsoredCases: { value: 0 } }]);
  expect((await rolled([rollup('640100', '2026-02-28')]))[0]?.sponsoredCases.value).toBe(0);
  expect((await rolled([rollup('640100', '2026-03-01')]))[0]?.sponsoredCases.value).toBe(3);
});

test('references of one request share one figures statement', async () => {
  const keys = ['640100', '640104', '640105', '640104100'].map((code) => rollup(code));
  const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { sponsoredCases { value } fourOnesComplete { value } } } }';
  expect(await officials.statements(() => officials.client.query(office, source, { r: keys }))).toBe(1);
});

test('figures show only to whoever oversees the division', async () => {
  expect(await rolled([rollup('640000'), rollup('640105'), rollup('640104')], viewers.jointOffice('640104', randomUUID()))).toEqual([null, null, expect.objectContaining({ divisionCode: '640104' })]);
  expect(await rolled([rollup('640104')], viewers.handler(randomUUID()))).toEqual([null]);
  expect(await rolled([rollup('64%')])).toEqual([null]);
});

test('an office that pulls changes gets each day once and overwrites it', async () => {
  const CHANGES = `query($r: [_Any!]!, $since: String, $division: ID!) { _entities(representations: $r) { ... on Campaign { sponsorshipFigureChanges(divisionCode: $division, changedSince: $since, first: 1) {
    nodes { figure divisionCode on delta } endCursor hasMore } } } }`;
  interface Page { readonly nodes: readonly object[]; readonly endCursor: string; readonly hasMore: boolean }
  const pull = async (since: string | null, viewer = office, division = '640100') =>
    (await officials.client.query<{ _entities: { sponsorshipFigureChanges: Page | null }[] }>(viewer, CHANGES, { r: [{ __typename: 'Campaign', id: campaignId }], since, division }))._entities[0]?.sponsorshipFigureChanges;
  const add = (on: string, tx: EntityManager) => addFigures(tx, [{ campaignId, figure: 'SPONSORED', divisionCode: '640104', on, delta: 1 }]);
  await inTransaction(officials.db, (tx) => add('2026-05-01', tx));
  await inTransaction(officials.db, (tx) => add('2026-05-02', tx));
  const first = await pull(null);
  expect(first).toMatchObject({ nodes: [{ figure: 'SPONSORED', divisionCode: '640104', on: '2026-05-01', delta: 1 }], hasMore: true });
  const second = await pull(first?.endCursor ?? '');
  expect(second).toMatchObject({ nodes: [{ on: '2026-05-02', delta: 1 }], hasMore: false });
  await inTransaction(officials.db, (tx) => add('2026-05-01', tx));
  expect(await pull(second?.endCursor ?? '')).toMatchObject({ nodes: [{ on: '2026-05-01', delta: 2 }], hasMore: false });
  expect(await pull(null, viewers.handler(randomUUID()))).toBeNull();
  expect((await officials.client.ask(office, CHANGES, { r: [{ __typename: 'Campaign', id: campaignId }], since: 'nonsense', division: '640100' })).errors).toHaveLength(1);
});

test('a message of a bulk import costs few statements', async () => {
  let count = 0;
  const counted = (tx: EntityManager): EntityManager => new Proxy(tx, {
    get: (target, name) => (name === 'query' ? (...args: Parameters<EntityManager['query']>) => ((count += 1), target.query(...args)) : (Reflect.get(target, name) as unknown)),
  });
  const scope = aCaseScope({ ledgers: [ledger()], parties: [{ kind: 'UNIT', id: randomUUID(), role: 'LEAD' }] });
  await inTransaction(officials.db, (tx) => keepCaseScopes(counted(tx), [{ scope, version: 1 }]));
  expect(count).toBeLessThanOrEqual(16);
  count = 0;
  await inTransaction(officials.db, (tx) => keepCaseScopes(counted(tx), [{ scope: { ...scope, planSince: '2026-05-01' }, version: 2 }]));
  expect(count).toBeLessThanOrEqual(14);
  count = 0;
  await inTransaction(officials.db, (tx) => keepCaseScopes(counted(tx), [{ scope: { ...scope, planSince: '2026-05-01', parties: [] }, version: 3 }]));
  expect(count).toBeLessThanOrEqual(8);
});
