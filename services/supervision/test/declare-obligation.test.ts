import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, countRows, COUNTY, deadlineOf, deadlinesIn, declare, openSupervision, tell, aDeclaration, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const ask = (id: string) =>
  supervision.client.query<{ obligation: Record<string, unknown> }>(
    viewers.jointOffice(COUNTY, randomUUID()),
    `query ($id: ID!) { obligation(id: $id) { state dueOn dueRaw dutyName isMetLate metOn version subject { type } obligor { __typename ... on Unit { id } ... on Official { id } }
       deadlines { kind step state dueAt } explainDeadline { check note linesZh linesEn dueOn dueRaw ruleVersion basis days { on kind isCounted ordinal } } } }`,
    { id },
  ).then((data) => data.obligation);

test('a declared obligation stands with its obligor, its dates and its ten deadlines', async () => {
  const { db } = supervision;
  const scope = await haveCaseScope(db);
  const told = await declare(db, { caseId: scope.caseId });
  const shown = await ask(told.obligationId);
  expect(shown).toMatchObject({ state: 'OPEN', dueOn: '2025-10-09', dutyName: 'finish handling', subject: { type: 'Case' }, obligor: { __typename: 'Unit', id: told.obligorUnitId }, version: 1 });
  expect(shown['deadlines']).toHaveLength(10);
  expect(await countRows(db, 'audit_entries')).toBe(1);
});

test('the explanation is computed again and equals the stored dates (《信访工作条例》第三十四条)', async () => {
  const { db } = supervision;
  const scope = await haveCaseScope(db);
  const told = await declare(db, { caseId: scope.caseId });
  const { explainDeadline } = (await ask(told.obligationId)) as { explainDeadline: { days: { ordinal: number | null }[]; linesZh: string[]; linesEn: string[] } };
  expect(explainDeadline).toMatchObject({ check: 'CONFIRMED', note: null, dueRaw: '2025-10-03', dueOn: '2025-10-09', ruleVersion: '2022' });
  expect(explainDeadline.linesZh.join()).toContain('到期日：2025-10-09');
  expect(explainDeadline.linesEn.join()).toContain('Due: 2025-10-09');
  expect(Math.max(...explainDeadline.days.map((day) => day.ordinal ?? 0))).toBe(60);
});

test('an unknown rule version is said to be unknown, and the stored dates stand', async () => {
  const { db } = supervision;
  const scope = await haveCaseScope(db);
  const told = await declare(db, { caseId: scope.caseId, ruleVersion: '1995' });
  expect((await ask(told.obligationId))['explainDeadline']).toMatchObject({ check: 'RULE_UNKNOWN', dueOn: '2025-10-09', linesZh: [], note: expect.stringContaining('T8@1995') });
});

test('an extension gives every waiting deadline a new time and a new version', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await declare(db, { ...told, dueRaw: '2025-11-02', dueOn: '2025-11-03' }, 2);
  const overdue = await deadlineOf(db, told.obligationId, 'OVERDUE');
  expect([overdue.version, overdue.due_at.toISOString()]).toEqual([2, '2025-11-03T16:00:00.000Z']);
  const states = (await deadlinesIn(db, told.obligationId)).map((one) => `${one.state} v${one.version}`);
  expect(states.filter((state) => state === 'ARMED v2')).toHaveLength(10);
  expect(states.filter((state) => state === 'ARMED v1')).toHaveLength(1); // REMIND_BEFORE 3, which 国庆节 had swallowed
});

test.each(['MET', 'CANCELLED'] as const)('%s cancels everything that waits', async (state) => {
  const { db } = supervision;
  const told = await declare(db);
  await declare(db, { ...told, state, metOn: state === 'MET' ? '2025-09-01' : null }, 2);
  expect((await deadlinesIn(db, told.obligationId)).map((one) => `${one.state} v${one.version}`)).toEqual(Array(10).fill('CANCELLED v2'));
});

test('an obligation that nobody in office owes is refused and leaves no trace', async () => {
  const { db } = supervision;
  await expect(declare(db, { obligorUnitId: null, obligorOfficialId: null })).rejects.toThrow('no unit and no official');
  expect(await countRows(db, 'obligations')).toBe(0);
  const direct = db.query(`INSERT INTO obligations SELECT UUID(), UUID(), 'T8', 'OPEN', NULL, NULL, NULL, 'Case', UUID(), '2025-01-01', '2025-01-01', '2025-01-01', 0, 'T8', '2022', 'c', '640104', 'b', NULL, 'cases', 1, 1, NULL`);
  await expect(direct).rejects.toThrow(/CONSTRAINT/);
});

test('another service cannot take over an obligation', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await expect(tell(db, 'obligation-declared', { payload: aDeclaration({ ...told, state: 'MET' }), version: 9, source: 'assistance' })).rejects.toThrow('was declared by cases');
  expect(await select(db.manager, 'SELECT state FROM obligations')).toEqual([{ state: 'OPEN' }]);
});

test('what came years late gets one reminder, the overdue mark and the last rung', async () => {
  const { db } = supervision;
  await at(db, '2026-03-02T02:00:00Z');
  const told = await declare(db);
  expect((await deadlinesIn(db, told.obligationId)).map((one) => `${one.kind} ${one.step}`).sort()).toEqual(['ESCALATE 15', 'OVERDUE 0', 'REMIND_AFTER 7']);
});

test('lists page stably and count, with filters; what-if computes without any obligation', async () => {
  const { db, client } = supervision;
  const scope = await haveCaseScope(db);
  for (const month of ['01', '02', '03']) await declare(db, { caseId: scope.caseId, dueRaw: `2026-${month}-05`, dueOn: `2026-${month}-05` });
  await declare(db, { caseId: scope.caseId, dutyCode: 'T2', state: 'MET', metOn: '2025-10-10' });
  const viewer = viewers.jointOffice(COUNTY, randomUUID());
  const page = (after: string | null) =>
    client.query<{ obligations: { totalCount: number; nodes: { dueOn: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
      viewer, 'query ($after: String) { obligations(filter: { state: OPEN }, first: 2, after: $after) { totalCount nodes { dueOn } pageInfo { endCursor hasNextPage } } }', { after },
    ).then((data) => data.obligations);
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([first.totalCount, first.nodes, second.nodes, second.pageInfo.hasNextPage]).toEqual([
    3, [{ dueOn: '2026-01-05' }, { dueOn: '2026-02-05' }], [{ dueOn: '2026-03-05' }], false,
  ]);
  const others = await client.query(viewer, `{ met: obligations(filter: { dutyCode: "T2", state: MET }) { nodes { isMetLate metOn } } soon: obligations(filter: { dueBefore: "2026-02-01" }) { totalCount }
    none: obligations(filter: { caseId: "no-id" }) { totalCount } explainDue(ruleCode: "T8", startOn: "2024-12-02") { check dueRaw dueOn ruleVersion basis } }`);
  expect(others).toEqual({
    met: { nodes: [{ isMetLate: true, metOn: '2025-10-10' }] }, soon: { totalCount: 2 }, none: { totalCount: 0 },
    explainDue: { check: 'WHAT_IF', dueRaw: '2025-01-31', dueOn: '2025-02-05', ruleVersion: '2022', basis: '《信访工作条例》第三十四条' },
  });
});
