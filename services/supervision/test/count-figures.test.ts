import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { inTransaction, select } from '@anjie/service-kit/database';
import { putCaseScope } from '@anjie/service-kit/facts';
import { aCaseScope, eventually, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { recountFigures } from '../src/figures/figure-service';
import { aDeclaration, at, COUNTY, declare, log, openSupervision, tell, tellWithin, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const campaign = randomUUID();
const ledger = (part: object = {}) => ({ campaignId: campaign, divisionCode: COUNTY, enteredOn: '2025-01-01', removedOn: null, ...part });
/** Whether a statement of this schema has been under way for so long that it can only wait for a lock. */
const somebodyWaits = async ({ manager }: Supervision['db']): Promise<boolean> =>
  (await select(manager, "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND command <> 'Sleep' AND time_ms > 200 AND id <> CONNECTION_ID()")).length > 0;
const CITY = viewers.jointOffice('640100', randomUUID());

async function figures(asOf: string, divisionCode = COUNTY, viewer: Viewer = CITY): Promise<unknown> {
  const data = await supervision.client.query<{ _entities: ({ openObligations: { value: number }; overdueObligations: { value: number } } | null)[] }>(
    viewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { openObligations { value } overdueObligations { value formula asOf } } } }',
    { r: [{ __typename: 'DivisionRollup', campaignId: campaign, divisionCode, asOf }] },
  );
  const [row] = data._entities;
  return row ? [row.openObligations.value, row.overdueObligations.value] : null;
}

test('open, overdue, met: the figures of each day stay what they were', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  await putCaseScope(db.manager, scope, 1);
  const told = await declare(db, { caseId: scope.caseId });
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  await sweepDeadlines(db, log);
  await at(db, '2025-10-15T02:00:00Z');
  await declare(db, { ...told, state: 'MET', metOn: '2025-10-15' }, 2);
  await declare(db, { ...told, state: 'MET', metOn: '2025-10-15' }, 3);
  const days = ['2025-08-03', '2025-08-04', '2025-10-09', '2025-10-10', '2025-10-15'];
  expect(await Promise.all(days.map((day) => figures(day)))).toEqual([[0, 0], [1, 0], [1, 0], [1, 1], [0, 0]]);
});

test('outside the ledgers nothing is counted; entering and leaving one is', async () => {
  const { db } = supervision;
  const scope = aCaseScope();
  await putCaseScope(db.manager, scope, 1);
  await declare(db, { caseId: scope.caseId });
  expect(await figures('2025-08-04')).toEqual([0, 0]);
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  await tell(db, 'case-scope-changed', { payload: { ...scope, ledgers: [ledger()] }, version: 2 });
  expect([await figures('2025-10-09'), await figures('2025-10-10')]).toEqual([[0, 0], [1, 1]]);
  await tell(db, 'case-scope-changed', { payload: { ...scope, ledgers: [ledger({ divisionCode: '640105' })] }, version: 3 });
  expect([await figures('2025-10-10'), await figures('2025-10-10', '640105'), await figures('2025-10-10', '640100')]).toEqual([[0, 0], [1, 1], [1, 1]]);
  await tell(db, 'case-scope-changed', { payload: { ...scope, ledgers: [ledger({ divisionCode: '640105', removedOn: '2025-10-10' })] }, version: 4 });
  expect(await figures('2025-10-10', '640100')).toEqual([0, 0]);
});

test('an obligation that comes before its case is counted when the case comes', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  await declare(db, { caseId: scope.caseId });
  await tell(db, 'case-scope-changed', { payload: scope, version: 1 });
  expect(await figures('2025-08-04')).toEqual([1, 0]);
});

test('a case and its obligation that arrive at once are counted, although neither sees the other before it commits', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  let isDone = false;
  const { arriving } = await inTransaction(db, async (tx) => {
    await tellWithin(tx, 'obligation-declared', { payload: aDeclaration({ caseId: scope.caseId }) });
    const coming = tell(db, 'case-scope-changed', { payload: scope, version: 1 }).finally(() => (isDone = true));
    await eventually('the scope is there or waits', async () => isDone || (await somebodyWaits(db)));
    return { arriving: coming };
  });
  await arriving;
  expect(await figures('2025-08-04')).toEqual([1, 0]);
});

test('forty cases arrive, each with its obligation at the same time: forty are counted', async () => {
  const { db } = supervision;
  await Promise.all(Array.from({ length: 40 }, () => aCaseScope({ ledgers: [ledger()] })).flatMap((scope) => [
    declare(db, { caseId: scope.caseId }), tell(db, 'case-scope-changed', { payload: scope, version: 1 }),
  ]));
  expect(await figures('2025-08-04')).toEqual([40, 0]);
}, 60_000);

test('changes of scope and of obligations at once end in the right sum', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  await putCaseScope(db.manager, scope, 1);
  const moves = Array.from({ length: 10 }, (_unused, i) => i);
  await Promise.all(moves.map((i) => (i % 2 === 0
    ? declare(db, { caseId: scope.caseId })
    : tell(db, 'case-scope-changed', { payload: { ...scope, ledgers: [ledger({ divisionCode: i % 4 === 1 ? '640105' : COUNTY })] }, version: i + 1 }))));
  await tell(db, 'case-scope-changed', { payload: { ...scope, ledgers: [ledger({ divisionCode: '640105' })] }, version: 99 });
  expect([await figures('2025-08-04'), await figures('2025-08-04', '640105')]).toEqual([[0, 0], [5, 0]]);
}, 60_000);

test('an obligation declared while the case moves to another county waits, and is counted there', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  await putCaseScope(db.manager, scope, 1);
  const declaring = await inTransaction(db, async (tx) => {
    await putCaseScope(tx, { ...scope, ledgers: [ledger({ divisionCode: '640105' })] }, 2);
    await recountFigures(tx, [scope.caseId]);
    const waiting = declare(db, { caseId: scope.caseId });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { waiting };
  });
  await declaring.waiting;
  expect([await figures('2025-08-04'), await figures('2025-08-04', '640105')]).toEqual([[0, 0], [1, 0]]);
});

test('figures are for joint offices of the division and above', async () => {
  expect(await figures('2025-08-04', COUNTY, viewers.jointOffice('640105', randomUUID()))).toBeNull();
  expect(await figures('2025-08-04', COUNTY, viewers.handler(randomUUID()))).toBeNull();
  expect(await figures('2025-08-04', COUNTY, viewers.jointOffice(COUNTY, randomUUID()))).toEqual([0, 0]);
});

test('many rows of a rollup cost one statement', async () => {
  const representations = ['640104', '640105', '640106'].map((divisionCode) => ({ __typename: 'DivisionRollup', campaignId: campaign, divisionCode, asOf: '2025-08-04' }));
  const { statements } = await supervision.counted(() => supervision.client.query(
    CITY, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { openObligations { value } overdueObligations { value } } } }', { r: representations },
  ));
  expect(statements).toBe(1);
});

test('a pull gives what changed, then nothing, then only the new day', async () => {
  const { db } = supervision;
  const scope = aCaseScope({ ledgers: [ledger()] });
  await putCaseScope(db.manager, scope, 1);
  await declare(db, { caseId: scope.caseId });
  const pull = async (changedSince: string | null, viewer: Viewer = CITY) =>
    (await supervision.client.query<{ _entities: { supervisionFigureChanges: { nodes: object[]; endCursor: string; hasMore: boolean } | null }[] }>(
      viewer, 'query ($r: [_Any!]!, $c: String) { _entities(representations: $r) { ... on Campaign { supervisionFigureChanges(divisionCode: "640100", changedSince: $c, first: 10) { nodes { figure divisionCode on delta } endCursor hasMore } } } }',
      { r: [{ __typename: 'Campaign', id: campaign }], c: changedSince },
    ))._entities[0]?.supervisionFigureChanges;
  const first = await pull(null);
  expect(first).toMatchObject({ nodes: [{ figure: 'OPEN_OBLIGATIONS', divisionCode: COUNTY, on: '2025-08-04', delta: 1 }], hasMore: false });
  expect((await pull(first?.endCursor ?? ''))?.nodes).toEqual([]);
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  expect((await pull(first?.endCursor ?? ''))?.nodes).toEqual([{ figure: 'OVERDUE_OBLIGATIONS', divisionCode: COUNTY, on: '2025-10-10', delta: 1 }]);
  expect(await pull(null, viewers.handler(randomUUID()))).toBeNull();
});
