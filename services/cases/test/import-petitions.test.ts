import { select } from '@anjie/service-kit/database';
import { count, told } from './asking';
import { aPetitionRow, checkPetitions, importPetitions } from './workbooks';
import { anIdNumber, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

test('each row is registered today with a case of its own, and T2 (《信访工作条例》第二十二条) runs at the importing office', async () => {
  const run = await importPetitions(world, [aPetitionRow(1), aPetitionRow(2, { 信访目的: '意见建议' })]);
  expect(run).toMatchObject({ state: 'COMMITTED', rowsCommitted: 2 });
  const seen = await world.client.query<{ petitions: { nodes: object[] } }>(people.county, '{ petitions { nodes { channel petitionedOn registeredOn content petitioners { maskedName } case { status purpose registeredOn registeredBy { id } } } } }');
  expect(seen.petitions.nodes).toContainEqual({
    channel: 'ONLINE', petitionedOn: '2022-09-20', registeredOn: '2022-09-27', content: '小区物业乱收费，请核实。', petitioners: [{ maskedName: '化**' }],
    case: { status: 'REGISTERED', purpose: 'CLAIM', registeredOn: '2022-09-27', registeredBy: { id: place.jointOffice } },
  });
  expect(await told(world, 'obligation-declared')).toMatchObject([1, 2].map(() => ({ dutyCode: 'T2', state: 'OPEN', startOn: '2022-09-27', dueOn: '2022-10-12', obligorUnitId: place.jointOffice })));
});

test('a number of the source system is imported once per office', async () => {
  await importPetitions(world, [aPetitionRow(1), aPetitionRow(2)]);
  expect(await importPetitions(world, [aPetitionRow(1), aPetitionRow(3)])).toMatchObject({ rowsCommitted: 1, rowsRepeated: 1 });
  expect(await importPetitions(world, [aPetitionRow(1)], people.province)).toMatchObject({ rowsCommitted: 1, rowsRepeated: 0 });
  expect(await count(world, 'petitions')).toBe(4);
});

test('a petitioner who is on file is told as a possible repeat and imported all the same', async () => {
  await register(world);
  const run = await checkPetitions(world, [aPetitionRow(1, { 证件号码: anIdNumber(7).toLowerCase() }), aPetitionRow(2, { 联系电话: '+86 138-0000-0007' }), aPetitionRow(3)]);
  expect(run).toMatchObject({ rowsRead: 3, rowsValid: 3, rowsFaulty: 0, rowsDuplicate: 2 });
  expect(run.problems.nodes.map((one) => [one.address, one.code])).toEqual([['C2', 'PETITIONER_ON_FILE'], ['D3', 'PETITIONER_ON_FILE']]);
});

test('a row without a number, a title or a text is a fault; an unknown name is not (第二十三条: 姓名不清的除外)', async () => {
  const run = await checkPetitions(world, [aPetitionRow(1, { 信访件编号: null }), aPetitionRow(2, { 标题: ' ' }), aPetitionRow(3, { 投诉内容: null }), aPetitionRow(4, { 信访人姓名: null })]);
  expect(run.problems.nodes.map((one) => [one.address, one.code])).toEqual([['A2', 'REQUIRED'], ['J3', 'REQUIRED'], ['K4', 'REQUIRED']].map(([address, code]) => [expect.stringMatching(new RegExp(`${address?.slice(1)}$`)), code]));
  expect(run.rowsValid).toBe(1);
});

test('an imported text is sealed in the table, and searchable by its beginning', async () => {
  await importPetitions(world, [aPetitionRow(1, { 投诉内容: `开头${'中'.repeat(600)}结尾` })]);
  const [row] = await select<{ content_sealed: Buffer }>(world.db.manager, 'SELECT content_sealed FROM petitions');
  expect(row?.content_sealed.includes(Buffer.from('结尾'))).toBe(false);
  const found = async (search: string) => (await world.client.query<{ cases: { totalCount: number } }>(people.county, 'query ($s: String) { cases(filter: { search: $s }) { totalCount } }', { s: search })).cases.totalCount;
  expect([await found('开头'), await found('结尾')]).toEqual([1, 0]);
});

test.each(['Жалоба на шум', 'ئۇيغۇر تىلى', '噪声αβγ与µ', 'ひらがなの町', 'café déjà', '〇一二々', '１２３ⅣⅤ①'])('a title in any script is kept and found: %s', async (title) => {
  await importPetitions(world, [aPetitionRow(1, { 标题: title })]);
  const seen = await world.client.query<{ cases: { nodes: object[] } }>(people.county, 'query ($s: String) { cases(filter: { search: $s }) { nodes { title } } }', { s: title });
  expect(seen.cases.nodes).toEqual([{ title: title.normalize('NFC') }]);
});
