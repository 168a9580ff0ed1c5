import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { DIVISIONS, PUT_DIVISIONS, PUT_OFFICIALS, PUT_UNITS, admin, key, openOfficials, toldOf, type Officials } from './fixture';

let officials: Officials;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(() => officials.truncate());
afterAll(() => officials.close());

const closure = async (unitId: string): Promise<string[]> =>
  (await select<{ code: string }>(
    officials.db.manager, 'SELECT u.code FROM unit_closure c JOIN units u ON u.id = c.ancestor_id WHERE c.descendant_id = ? ORDER BY u.code', [unitId],
  )).map((row) => row.code);

test('divisions are created, changed and left alone, and only those that differ are announced', async () => {
  expect(await officials.divisions()).toMatchObject({ created: 5, changed: 0, unchanged: 0 });
  const again = DIVISIONS.map((d) => (d.code === '640105' ? { ...d, name: '西夏新区' } : d));
  expect(await officials.put(PUT_DIVISIONS, again)).toMatchObject({ created: 0, changed: 1, unchanged: 4 });
  const told = await toldOf(officials.db, 'division-changed');
  expect(told).toHaveLength(6);
  expect(told.filter((t) => t.payload['code'] === '640105').map((t) => [t.version, t.payload['name']])).toEqual([[1, '西夏区'], [2, '西夏新区']]);
});

test('the same key answers the same counts and changes nothing; another input under it is an error', async () => {
  const input = { idempotencyKey: key(), rows: DIVISIONS };
  const first = await officials.client.query(admin, PUT_DIVISIONS, { input });
  expect(await officials.client.query(admin, PUT_DIVISIONS, { input })).toEqual(first);
  expect(await toldOf(officials.db, 'division-changed')).toHaveLength(5);
  const other = await officials.client.ask(admin, PUT_DIVISIONS, { input: { ...input, rows: DIVISIONS.slice(1) } });
  expect(other.errors).toHaveLength(1);
});

test('everybody but an administrator is refused, and a refused batch changes nothing', async () => {
  for (const viewer of [viewers.jointOffice('640000', key()), viewers.plain()]) {
    expect(await officials.put(PUT_DIVISIONS, DIVISIONS, viewer)).toMatchObject({ __typename: 'DirectoryRefusal', code: 'NOT_PERMITTED' });
  }
  expect(await officials.put(PUT_DIVISIONS, [...DIVISIONS, { code: '650104', name: 'x', parentCode: '640000' }])).toMatchObject({ code: 'ROW_NOT_FIT' });
  expect(await officials.put(PUT_DIVISIONS, [...DIVISIONS, { code: '660100', name: 'x', parentCode: '660000' }])).toMatchObject({ code: 'REFERENCE_UNKNOWN' });
  expect(await officials.put(PUT_DIVISIONS, [...DIVISIONS, DIVISIONS[0] ?? {}])).toMatchObject({ code: 'ROW_NOT_FIT' });
  expect(await officials.put(PUT_DIVISIONS, [])).toMatchObject({ code: 'TOO_MANY_ROWS' });
  expect(await toldOf(officials.db, 'division-changed')).toHaveLength(0);
});

const unit = (code: string, parentCode: string | null = null) => ({ code, name: code, kind: 'DEPARTMENT', divisionCode: '640104', parentCode, validFrom: '2020-01-01' });

test('a unit that moves carries its whole subtree: closure, versions and announcements · row 140', async () => {
  await officials.divisions();
  await officials.put(PUT_UNITS, [unit('A'), unit('B'), unit('A1', 'A'), unit('A11', 'A1'), unit('A12', 'A1')]);
  const ids = new Map((await select<{ code: string; id: string }>(officials.db.manager, 'SELECT code, id FROM units')).map((row) => [row.code, row.id]));
  expect(await closure(ids.get('A11') ?? '')).toEqual(['A', 'A1', 'A11']);
  expect(await officials.put(PUT_UNITS, [unit('A1', 'B')])).toMatchObject({ changed: 1 });
  expect(await closure(ids.get('A1') ?? '')).toEqual(['A1', 'B']);
  expect(await closure(ids.get('A11') ?? '')).toEqual(['A1', 'A11', 'B']);
  expect(await closure(ids.get('A') ?? '')).toEqual(['A']);
  const told = (await toldOf(officials.db, 'unit-changed')).filter((t) => t.version === 2);
  expect(told.map((t) => t.payload['code']).sort()).toEqual(['A1', 'A11', 'A12']);
  expect(told.find((t) => t.payload['code'] === 'A12')?.payload['ancestorIds']).toEqual(expect.arrayContaining([ids.get('A1'), ids.get('B')]));
});

test('a unit may not stand above itself, and the tree stays as it was', async () => {
  await officials.divisions();
  await officials.put(PUT_UNITS, [unit('A'), unit('A1', 'A'), unit('A11', 'A1')]);
  expect(await officials.put(PUT_UNITS, [unit('A', 'A11')])).toMatchObject({ code: 'TREE_LOOP' });
  expect(await select(officials.db.manager, 'SELECT 1 FROM units WHERE parent_unit_id IS NULL')).toHaveLength(1);
  expect(await select(officials.db.manager, 'SELECT 1 FROM unit_closure')).toHaveLength(6);
});

test('a merged unit points to its successor and ends today', async () => {
  await officials.divisions();
  await officials.put(PUT_UNITS, [unit('OLD'), unit('NEW')]);
  expect(await officials.put(PUT_UNITS, [{ ...unit('OLD'), successorCode: 'NEW' }])).toMatchObject({ changed: 1 });
  expect(await officials.put(PUT_UNITS, [{ ...unit('OLD'), successorCode: 'NEW' }])).toMatchObject({ unchanged: 1 });
  const { units } = await officials.client.query<{ units: { nodes: unknown[] } }>(admin, '{ units(filter: { search: "OLD" }) { nodes { validTo successor { code } } } }');
  expect(units.nodes).toEqual([{ validTo: expect.stringMatching(/^\d{4}-/), successor: { code: 'NEW' } }]);
});

test('unknown parents and divisions are refused', async () => {
  await officials.divisions();
  expect(await officials.put(PUT_UNITS, [unit('A', 'nobody')])).toMatchObject({ code: 'REFERENCE_UNKNOWN' });
  expect(await officials.put(PUT_UNITS, [{ ...unit('A'), divisionCode: '650000' }])).toMatchObject({ code: 'REFERENCE_UNKNOWN' });
  expect(await officials.put(PUT_OFFICIALS, [{ staffNo: 'S1', name: '张三', unitCode: 'nobody', title: 'x' }])).toMatchObject({ code: 'REFERENCE_UNKNOWN' });
});

const person = (staffNo: string, part: object = {}) => ({ staffNo, name: staffNo, unitCode: 'A', title: '局长', startedOn: '2024-01-01', ...part });

test('an official who moves closes one post and opens the next; the heads of both units follow · row 141', async () => {
  await officials.divisions();
  await officials.put(PUT_UNITS, [unit('A'), unit('B')]);
  expect(await officials.put(PUT_OFFICIALS, [person('S1', { isHead: true })])).toMatchObject({ created: 1 });
  expect(await officials.put(PUT_OFFICIALS, [person('S1', { isHead: true })])).toMatchObject({ unchanged: 1 });
  expect(await officials.put(PUT_OFFICIALS, [person('S1', { unitCode: 'B', isHead: true, startedOn: '2025-06-01' })])).toMatchObject({ changed: 1 });
  const asked = '{ officials { nodes { staffNo unit { code } posts { title startedOn endedOn unit { code } } version } } units { nodes { code head { staffNo } version officials { nodes { staffNo } totalCount } } } }';
  expect(await officials.client.query(viewers.plain(), asked)).toEqual({
    officials: { nodes: [{
      staffNo: 'S1', unit: { code: 'B' }, version: 2,
      posts: [
        { title: '局长', startedOn: '2024-01-01', endedOn: '2025-06-01', unit: { code: 'A' } },
        { title: '局长', startedOn: '2025-06-01', endedOn: null, unit: { code: 'B' } },
      ],
    }] },
    units: { nodes: [
      { code: 'A', head: null, version: 3, officials: { nodes: [], totalCount: 0 } },
      { code: 'B', head: { staffNo: 'S1' }, version: 2, officials: { nodes: [{ staffNo: 'S1' }], totalCount: 1 } },
    ] },
  });
  expect((await toldOf(officials.db, 'official-changed')).map((t) => t.version)).toEqual([1, 2]);
});

test('several rows of one staff number are several posts, and the earliest is the current unit', async () => {
  await officials.divisions();
  await officials.put(PUT_UNITS, [unit('A'), unit('B')]);
  await officials.put(PUT_OFFICIALS, [person('S1', { unitCode: 'B', startedOn: '2025-01-01' }), person('S1', { unitCode: 'A', startedOn: '2023-01-01' })]);
  const asked = '{ officials { nodes { unit { code } posts { unit { code } endedOn } } } }';
  expect(await officials.client.query(admin, asked)).toEqual({
    officials: { nodes: [{ unit: { code: 'A' }, posts: [{ unit: { code: 'A' }, endedOn: null }, { unit: { code: 'B' }, endedOn: null }] }] },
  });
});
