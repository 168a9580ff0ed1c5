import { select } from '@anjie/service-kit/database';
import { makerOfLink } from '@anjie/service-kit/files';
import { count, told } from './asking';
import { aRecord, checkRecords, exported, exportOf, importRecords, linkOf, requestCheck, requestExport, uploadRecords } from './exchanging';
import { rowsShown, type SheetRow } from './workbooks';
import { anIdNumber, key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
/** Who holds another post by today's directory. */
const moved = new Set<string>();
beforeAll(async () => (world = await openCases(async (viewer) => (moved.has(viewer.subject) ? { ...viewer, unitId: null, divisionCode: null, roles: [] } : viewer))));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const codes = (run: { problems: { nodes: { address: string | null; code: string }[] } }) => run.problems.nodes.map((one) => one.code);
const SHOWN = `number channel externalForm statedPurpose petitionedOn receivedOn registeredOn title content addressee petitionerCount affectedCount isFirstAtOrg isFirstNationwide isCrossSeparation consentsToPublication
  isMajorUrgent isAnonymous involvesLitigation cause { slug externalCode } hotTopic { slug externalCode } system { slug externalCode } externalCategory { slug externalCode } residenceDivisionCode householdDivisionCode
  petitioners { maskedName maskedIdNumber maskedPhone role idKind } case { status purpose contentCategory division { code } summary claims { stated } }`;
const petitions = async (viewer = people.county) => (await world.client.query<{ petitions: { nodes: Record<string, unknown>[] } }>(viewer, `{ petitions(first: 100) { nodes { ${SHOWN} } } }`)).petitions.nodes;

test('a record of another office becomes a petition received today, with what the sender said kept beside', async () => {
  expect(await importRecords(world, [aRecord(1)])).toMatchObject({ state: 'COMMITTED', rowsCommitted: 1, rowsFaulty: 0 });
  expect(await petitions()).toMatchObject([{
    channel: 'LETTER', externalForm: 'LETTER', statedPurpose: 'SETTLEMENT', petitionedOn: '2022-09-01', receivedOn: '2022-09-27', registeredOn: '2022-09-27', title: '物业收费问题1', content: '小区物业乱收费，请核实。', addressee: '市长',
    petitionerCount: 2, affectedCount: 30, isFirstAtOrg: true, isFirstNationwide: false, isCrossSeparation: true, consentsToPublication: true, isAnonymous: false, cause: { slug: null, externalCode: '03' },
    hotTopic: { slug: null, externalCode: '12' }, system: { slug: '住建', externalCode: null }, externalCategory: null, residenceDivisionCode: '640104', householdDivisionCode: '610902',
    petitioners: [{ maskedName: '化**', role: 'PRINCIPAL', idKind: 'RESIDENT_ID' }],
    case: { status: 'REGISTERED', purpose: 'CLAIM', contentCategory: 'construction.housing', division: { code: '640104' }, claims: [{ stated: '退还多收的费用' }, { stated: '公开收支' }] },
  }]);
  const [record] = await select<Record<string, unknown>>(world.db.manager, 'SELECT * FROM exchange_records');
  expect(record).toMatchObject({ source_division: '640100', external_number: 'LF20160331000001', status: 'ACCEPTED', org_name: '银川市信访局', org_kind: '0201', registered_at: new Date('2022-09-02T00:30:15Z'), due_at: new Date('2022-11-01T10:00:00Z'), first_on: '2022-09-01', is_closed: 0 });
});

test('第二十二条: receipt here starts T2; what the sender says has ended, starts nothing; the sender\'s limit is no clock', async () => {
  await importRecords(world, [aRecord(1), aRecord(2, { bjbz: '是' }), aRecord(3, { xfjzt: '审核认定办结' }), aRecord(4, { xfjzt: '不再受理' })]);
  expect(await told(world, 'obligation-declared')).toMatchObject([{ dutyCode: 'T2', startOn: '2022-09-27', dueOn: '2022-10-12', obligorUnitId: place.jointOffice }]);
  expect([await count(world, 'case_clocks'), await count(world, 'cases', "status = 'REGISTERED'")]).toEqual([1, 4]);
});

test('PIPL 第六条: what must not be kept is dropped, told for each record and in the summary, and stands nowhere', async () => {
  const secrets = { yybz: '1', bfyrhdw: '某局长某某某', bfyrzw: '机密职务', mz: '民族甲', gzdw: '机密单位', csrq: '1950-01-01', zzmm: '党派乙', sfyfzjzf: '0', sabz: '1', tsry: '1' };
  const run = await importRecords(world, [aRecord(1, { ...secrets, cxm: 'QUERY-SECRET' }), aRecord(2, { yybz: '0' }), aRecord(3)]);
  expect(run).toMatchObject({ rowsCommitted: 3 });
  expect(run.problems.nodes.filter((one) => one.code === 'FIELD_DROPPED').map((one) => [one.rowNumber, one.message.split('、').length])).toEqual([[2, 10], [3, 1]]);
  expect(run.problems.nodes[0]?.message).toBe('Not to be kept, dropped: 是否扬言、被反映人职务、被反映人或单位、是否依法逐级走访、涉澳标志、民族、工作单位、出生日期、政治面貌、是否特殊人员');
  expect(run.droppedFields).toEqual(expect.arrayContaining([{ header: '是否扬言', isForbidden: true, rows: 2 }, { header: '民族', isForbidden: true, rows: 1 }, { header: '查询码', isForbidden: false, rows: 1 }]));
  expect(run.droppedFields.filter((field) => field.isForbidden)).toHaveLength(10);
  const tables = await select<{ name: string }>(world.db.manager, 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
  for (const { name } of tables.filter((table) => table.name !== 'migrations')) {
    expect([name, /某局长|机密|民族甲|党派乙|QUERY-SECRET/.test(JSON.stringify(await select(world.db.manager, `SELECT * FROM ${name}`)))]).toEqual([name, false]);
  }
});

test('a dropped cell is not handed back in the workbook of problems either', async () => {
  const run = await checkRecords(world, [aRecord(1, { mz: '民族甲', wtsddm: '999999' })]);
  const [file] = await select<{ storageKey: string }>(world.db.manager, "SELECT storage_key AS storageKey FROM files WHERE purpose = 'IMPORT_ERRORS'");
  const shown = await rowsShown(world, file?.storageKey ?? '', { columns: 160 });
  expect(codes(run)).toEqual(['FIELD_DROPPED', 'DIVISION_UNKNOWN']);
  expect(shown[0]?.['错误']).toContain('民族');
  expect(JSON.stringify(shown)).not.toMatch(/民族甲|化名1|1380000/);
});

test('sender and number make a record once for ever, in any file and format; another sender may have the same number', async () => {
  await importRecords(world, [aRecord(1), aRecord(2)]);
  expect(await importRecords(world, [aRecord(1), aRecord(3)], { format: 'csv' })).toMatchObject({ rowsCommitted: 1, rowsRepeated: 1 });
  expect(await importRecords(world, [aRecord(1, { xzqh: '640000' }), aRecord(3, { gkxx: '同一编号再报' })])).toMatchObject({ rowsCommitted: 1, rowsRepeated: 1 });
  expect([await count(world, 'petitions'), await count(world, 'exchange_records')]).toEqual([4, 4]);
});

test('headers may be the Chinese names, in any order', async () => {
  const named = { 信访件编号: 'A-1', 行政区划代码: '640100', 概况信息: '某路段积水', 问题属地代码: '640104', 信访目的代码: '意见建议', 信访形式: '微信信访', 信访日期: '2022/9/1', 姓名: '化名一', 未知列: 'x' };
  const run = await importRecords(world, [named]);
  expect([run.rowsCommitted, codes(run)]).toEqual([1, ['HEADER_UNKNOWN']]);
  expect(await petitions()).toMatchObject([{ channel: 'ONLINE', externalForm: 'WECHAT', title: '某路段积水', content: null, petitionerCount: 1, case: { purpose: 'SUGGESTION' } }]);
});

test.each<[string, SheetRow, string]>([
  ['an accusation (第三十条)', { xfmddm: '揭发控告' }, 'ACCUSATION_NOT_HERE'], ['a purpose by number, which may be an accusation (第三十条)', { xfmddm: '04' }, 'PURPOSE_UNKNOWN'], ['no purpose', { xfmddm: null }, 'REQUIRED'],
  ['an unknown place', { wtsddm: '999999' }, 'DIVISION_UNKNOWN'], ['a place beyond reach', { wtsddm: '640121' }, 'DIVISION_OUT_OF_REACH'], ['a sender that is no division', { xzqh: '64' }, 'DIVISION_UNKNOWN'],
  ['a day to come', { xfrq: '2022-09-28', djsj: null }, 'DATE_IN_FUTURE'], ['a day that never was', { xfrq: '2022-02-29' }, 'DATE_INVALID'], ['a day of 1899', { xfrq: '1899-12-31' }, 'DATE_INVALID'], ['an hour that no clock shows', { djsj: '2022-09-02 25:00' }, 'DATE_INVALID'],
  ['a registration before the petition', { djsj: '2022-08-31 10:00' }, 'DATE_ORDER'], ['a wrong check digit', { zjhm: '640000195001010012' }, 'ID_NUMBER_INVALID'], ['a paper of unknown kind', { zjlx: '414' }, 'ID_KIND_UNKNOWN'],
  ['a name that is none', { xm: '<化名>' }, 'NAME_INVALID'], ['a masked name', { xm: '化*' }, 'MASKED_VALUE'], ['a flag that is neither', { gkbz: '2' }, 'CHOICE_UNKNOWN'], ['nobody at all by count', { xfrs: '0' }, 'COUNT_OUT_OF_RANGE'],
  ['a text that turns around', { gkxx: '概况\u202e' }, 'CONTROL_CHARACTER'], ['a text that hides something', { gkxx: '概\u200b况' }, 'TEXT_INVALID'], ['a text of 4,001', { gkxx: '概'.repeat(4_001) }, 'TOO_LONG'], ['people in another form', { qtxfr: '代表｜化名' }, 'PEOPLE_INVALID'],
])('%s is a fault of the row and nothing of it is written: %s', async (_what, part, code) => {
  const run = await importRecords(world, [aRecord(1, part), aRecord(2)]);
  expect(codes(run)).toContain(code);
  expect([run.rowsFaulty, run.rowsCommitted, await count(world, 'petitions'), await count(world, 'exchange_records')]).toEqual([1, 1, 1, 1]);
});

test('codes that nobody can name are kept, told, and go out again; a state is matched by name only', async () => {
  const run = await importRecords(world, [aRecord(1, { xfxs: '311', xfjzt: '05', nrfldm: '080305', blcx: '9' }), aRecord(2, { nrfldm: '飞碟管理' })]);
  expect(codes(run).sort()).toEqual(['FORM_UNKNOWN', 'STATUS_UNKNOWN']);
  expect(await petitions()).toEqual(expect.arrayContaining([
    expect.objectContaining({ channel: 'OTHER', externalForm: null, externalCategory: { slug: null, externalCode: '080305' } }), expect.objectContaining({ externalCategory: { slug: '飞碟管理', externalCode: null } }),
  ]) as unknown[]);
  const rows = await exported(world);
  expect(rows.find((row) => row['信访件编号']?.endsWith('00001'))).toMatchObject({ 信访形式: '311', 信访件状态: '05', 内容分类代码: '080305', 办理程序: '9' });
  expect(rows.find((row) => row['信访件编号']?.endsWith('00002'))).toMatchObject({ 内容分类代码: '飞碟管理', 信访件状态: '受理' });
});

test('匿名: the identity that came with it is dropped and told', async () => {
  const run = await importRecords(world, [aRecord(1, { nmbz: '1' })]);
  expect([run.rowsCommitted, codes(run)]).toEqual([1, ['ANONYMOUS_IDENTITY_DROPPED']]);
  expect([await count(world, 'petitioners'), await count(world, 'petitions', 'is_anonymous = 1 AND is_identity_unclear = 1')]).toEqual([0, 1]);
});

const comparable = (rows: Record<string, string>[]) => rows.map(({ 导出水印: _mark, 数据最后修改时间: _at, ...row }) => row).sort((a, b) => ((a['信访件编号'] ?? '') < (b['信访件编号'] ?? '') ? -1 : 1));
const withoutNumbers = (rows: Record<string, unknown>[]) => rows.map(({ number: _number, ...row }) => JSON.stringify(row)).sort();

test('import → export → import into an empty system gives the same facts', async () => {
  const others = `联名人｜化名二｜居民身份证｜${anIdNumber(12)}｜13900000002｜某路2号\n代表｜阿依古丽·买买提｜港澳居民来往内地通行证｜H12345678｜｜`;
  await importRecords(world, [
    aRecord(1), aRecord(2, { qtxfr: others, xfrs: '3' }), aRecord(3, { nmbz: '1', xm: null, zjhm: null, sjh: null, zz: null, zjlx: null }), aRecord(4, { xfxs: '311', nrfldm: '080305', xfyydm: '政策原因', bt: '=cmd|calc', zdjjbz: '1', sfssbz: '1', gkbz: null }),
    aRecord(5, { xfjzt: null, djsj: null, xbjzsj: null, bjbz: '1', jabz: '1', repeated_id: 'X-1', sq: null, tsnr: '一\n二\t三“四”,五' }),
  ]);
  const [facts, first] = [withoutNumbers(await petitions()), await exported(world)];
  await world.reset();
  expect(await importRecords(world, first)).toMatchObject({ rowsCommitted: 5, rowsFaulty: 0 });
  expect(withoutNumbers(await petitions())).toEqual(facts);
  expect(comparable(await exported(world))).toEqual(comparable(first));
});

test('a petition that was registered here goes out under its own number and comes back as a record of this office', async () => {
  const own = await register(world, people.clerk, { contentCategory: 'construction.housing', channel: 'LETTER', petitioners: [{ name: '马小明', idNumber: anIdNumber(7), phone: '13800000007' }, { name: '化名二' }] });
  const [row] = await exported(world);
  expect(row).toMatchObject({ 行政区划代码: '640104', 信访件编号: own.petition.number, 登记机构名称: '兴庆区信访联席办', 登记时间: '2022-09-27', 信访件状态: '受理申请审查中', 信访目的代码: '求决', 姓名: '马小明', 证件类型: '居民身份证', 其他信访人: '联名人｜化名二｜｜｜｜', 诉求: '办理不动产权证', 办结标志: '0', 重复信访标志: '0' });
  for (const header of ['是否扬言', '被反映人或单位', '民族', '工作单位', '出生日期', '查询码', '是否依法逐级走访', '涉外标志', '是否特殊人员']) expect([header, row?.[header]]).toEqual([header, '']);
  await world.reset();
  expect(await importRecords(world, [row as SheetRow])).toMatchObject({ rowsCommitted: 1 });
});

test('PIPL 第五十一条: a masked export shows nobody and no text of the petitioners; each row says who took it, when and why', async () => {
  await register(world);
  const rows = await exported(world, { identity: 'MASKED' });
  expect(rows[0]).toMatchObject({ 姓名: '马**', 手机号: '138******07', 投诉内容: '', 住址: '', 导出水印: expect.stringMatching(/2022-09-27 09:00:\d\d 报送市信访局汇总$/) as string });
  expect(JSON.stringify(rows)).not.toMatch(/马小明|13800000007|我们小区/);
  expect(await checkRecords(world, rows)).toMatchObject({ rowsFaulty: 1, rowsValid: 0 });
});

test('an export holds what the asker may see and nothing else, under the filter', async () => {
  const first = await register(world);
  await register(world, people.otherCounty, { divisionCode: '640121' });
  expect(await exported(world)).toHaveLength(1);
  expect(await exported(world, {}, people.province)).toHaveLength(2);
  expect(await exported(world, { filter: { divisionCode: '640121' } }, people.province)).toHaveLength(1);
  expect(await exported(world, { filter: { caseId: first.case.id } }, people.province)).toHaveLength(1);
  expect(await requestExport(world, { filter: { divisionCode: '640121' } })).toMatchObject({ code: 'NOTHING_TO_EXPORT' });
  expect(await requestExport(world, { filter: { registeredTo: '2022-09-26' } })).toMatchObject({ code: 'NOTHING_TO_EXPORT' });
  expect(await requestExport(world, { filter: { caseId: 'x' } })).toMatchObject({ code: 'NOTHING_TO_EXPORT' });
});

test('an export in full is a joint office\'s, with a reason, audited, five in an hour; masked, a unit\'s too', async () => {
  await register(world);
  expect(await requestExport(world, {}, people.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await requestExport(world, { identity: 'MASKED' }, people.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await requestExport(world, {}, people.housing)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await requestExport(world, { identity: 'MASKED' }, people.housing)).toMatchObject({ code: 'NOTHING_TO_EXPORT' });
  expect(await requestExport(world, { reason: '报送' })).toMatchObject({ code: 'REASON_MISSING' });
  for (let i = 0; i < 5; i += 1) expect((await requestExport(world)).export.state).toBe('QUEUED');
  expect(await requestExport(world)).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  expect((await requestExport(world, { identity: 'MASKED' })).export.rowsTotal).toBe(1);
  expect(await count(world, 'audit_entries', "action = 'EXCHANGE_EXPORT_REQUESTED' AND detail LIKE '%报送市信访局汇总%'")).toBe(6);
});

test('an export shows its progress to its owner, and its link is good for who may still export', async () => {
  await register(world);
  const { export: asked } = await requestExport(world);
  expect(await linkOf(world, asked.id)).toMatchObject({ code: 'NOT_READY' });
  await world.services.exports.runOnce();
  expect(await exportOf(world, asked.id)).toMatchObject({ state: 'READY', identity: 'FULL', rowsTotal: 1, rowsWritten: 1, textsShortened: 0 });
  expect([await exportOf(world, asked.id, people.province), await exportOf(world, 'x')]).toEqual([null, null]);
  expect(await linkOf(world, asked.id, people.province)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await linkOf(world, asked.id, { ...people.county, roles: ['UNIT_HANDLER'] })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await linkOf(world, asked.id)).path).toContain('/files/cases/');
  expect(await count(world, 'audit_entries', "action = 'EXCHANGE_EXPORTED'")).toBe(1);
});

test('thirty exports in full at the same moment: five are taken', async () => {
  await register(world);
  const answers = await Promise.all(Array.from({ length: 30 }, () => requestExport(world)));
  expect([answers.filter((one) => one.export?.state === 'QUEUED').length, answers.filter(({ code }) => code === 'QUOTA_EXCEEDED').length]).toEqual([5, 25]);
});

test('an export does not outlive the post in which it was asked for: it is not written, and not handed out', async () => {
  await register(world);
  const [written, waiting] = [(await requestExport(world)).export.id, (await requestExport(world)).export.id];
  await world.services.exports.runOnce();
  expect(await linkOf(world, written, { ...people.county, unitId: place.housing, divisionCode: place.otherCounty })).toMatchObject({ code: 'NOT_PERMITTED' });
  moved.add(people.county.subject);
  await world.services.exports.runOnce();
  moved.delete(people.county.subject);
  expect([(await exportOf(world, written))?.['state'], await exportOf(world, waiting)]).toMatchObject(['READY', { state: 'FAILED', rowsWritten: 0 }]);
  expect([await count(world, 'files', "purpose = 'EXCHANGE_EXPORT'"), await count(world, 'audit_entries', "action = 'EXCHANGE_EXPORT_FAILED' AND detail LIKE '%REQUESTER_LEFT%'")]).toEqual([1, 1]);
  expect((await linkOf(world, written)).path).toContain('/files/');
});

test('a repeat answers the same link, whose secret stands in no table', async () => {
  await register(world);
  const { export: asked } = await requestExport(world);
  await world.services.exports.runOnce();
  const input = { idempotencyKey: key() };
  const [first, again] = [await linkOf(world, asked.id, people.county, input), await linkOf(world, asked.id, people.county, input)];
  const secret = first.path?.split('/').at(-1) ?? '';
  expect([again, await makerOfLink(world.db.manager, secret)]).toMatchObject([first, { subject: people.county.subject }]);
  expect(JSON.stringify(await select(world.db.manager, 'SELECT response FROM idempotency_keys'))).not.toContain(secret);
});

test('an import belongs to a joint office, over a file of its own', async () => {
  const fileId = await uploadRecords(world, people.county, [aRecord(1)]);
  expect(await requestCheck(world, fileId, people.housing)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await requestCheck(world, fileId, people.province)).toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('a thousand generated records are taken in once, and go out again', async () => {
  const rows = Array.from({ length: 1_000 }, (_unused, i) => aRecord(i, { yybz: i % 2 ? '1' : null, xfmddm: ['求决', '申诉', '意见建议', '咨询', '其他'][i % 5] ?? null, xfxs: ['来信', '来访', '网上信访', '电话信访'][i % 4] ?? null }));
  const began = performance.now();
  const used = process.cpuUsage();
  const run = await importRecords(world, rows);
  const took = performance.now() - began;
  const { user } = process.cpuUsage(used);
  expect(run).toMatchObject({ state: 'COMMITTED', rowsRead: 1_000, rowsCommitted: 1_000, rowsFaulty: 0 });
  expect(run.droppedFields).toEqual([{ header: '是否扬言', isForbidden: true, rows: 500 }]);
  expect([await count(world, 'petitions'), await count(world, 'exchange_records'), await count(world, 'claims'), await count(world, 'petitioners')]).toEqual([1_000, 1_000, 2_000, 1_000]);
  const exportBegan = performance.now();
  expect(await exported(world)).toHaveLength(1_000);
  process.stderr.write(`exchange: check and commit of 1,000 records ${Math.round(took)} ms (${Math.round(user / 1000)} ms of CPU), export ${Math.round(performance.now() - exportBegan)} ms\n`);
  expect(await importRecords(world, rows)).toMatchObject({ rowsCommitted: 0, rowsRepeated: 1_000 });
}, 300_000);

test('the mapping can be read by portals', async () => {
  const { exchangeFields } = await world.client.query<{ exchangeFields: { number: number | null; code: string; use: string }[] }>(people.clerk, '{ exchangeFields(table: XFJ) { number code nameZh field kind width use note } }');
  expect(exchangeFields.filter((field) => field.number !== null)).toHaveLength(51);
});
