import { MORE_PETITION_FIELDS, PETITION_FIELDS } from './exchange-fields';
import { EXCHANGE_FIELDS, PETITIONER_FIELDS, RECORD_FIELDS } from './exchange-tables';

/** The published list, written down by hand: number, code, Chinese name, and what becomes of it. */
const PUBLISHED: readonly (readonly [number, string, string, string])[] = [
  [1, 'xzqh', '行政区划代码', 'BOTH'], [2, 'xfjid', '信访件id', 'BOTH'], [3, 'xfjbh', '信访件编号', 'BOTH'], [4, 'cxmzt', '查询码状态', 'NOT_KEPT'], [5, 'cxm', '查询码', 'NOT_KEPT'],
  [6, 'xfrq', '信访日期', 'BOTH'], [7, 'xfxs', '信访形式', 'BOTH'], [8, 'xfrs', '信访人数', 'BOTH'], [9, 'sjrs', '涉及人数', 'BOTH'], [10, 'djjgmc', '登记机构名称', 'BOTH'],
  [11, 'djjgdm', '登记机构代码', 'BOTH'], [12, 'djbm', '登记部门', 'BOTH'], [13, 'djr', '登记人', 'BOTH'], [14, 'djsj', '登记时间', 'BOTH'], [15, 'gkxx', '概况信息', 'BOTH'],
  [16, 'tsnr', '投诉内容', 'BOTH'], [17, 'sxr', '受信人', 'BOTH'], [18, 'xfjzt', '信访件状态', 'BOTH'], [19, 'bjgccbz', '本机构初次标志', 'BOTH'], [20, 'qgccbz', '全国初次标志', 'BOTH'],
  [21, 'cfxfbz', '重复信访标志', 'BOTH'], [22, 'wtsddm', '问题属地代码', 'BOTH'], [23, 'nrfldm', '内容分类代码', 'BOTH'], [24, 'xfmddm', '信访目的代码', 'BOTH'], [25, 'xfyydm', '信访原因代码', 'BOTH'],
  [26, 'scxfjg', '首次信访机构', 'BOTH'], [27, 'scxfrq', '首次信访日期', 'BOTH'], [28, 'sksflbz', '三跨三分离标志', 'BOTH'], [29, 'jabz', '积案标志', 'BOTH'], [30, 'fcbz', '复查标志', 'BOTH'],
  [31, 'fhbz', '复核标志', 'BOTH'], [32, 'bjbz', '办结标志', 'BOTH'], [33, 'shrdbjbz', '审核认定办结标志', 'BOTH'], [34, 'lmbz', '是否联名', 'BOTH'], [35, 'gkbz', '是否同意公开', 'BOTH'],
  [36, 'zdjjbz', '重大紧急标志', 'BOTH'], [37, 'nmbz', '匿名标志', 'BOTH'], [38, 'yybz', '是否扬言', 'FORBIDDEN'], [39, 'rdwt', '热点问题', 'BOTH'], [40, 'ssxt', '所属系统', 'BOTH'],
  [41, 'xbjzsj', '限办截止时间', 'BOTH'], [42, 'xgfj', '信访件附件描述信息', 'NOT_KEPT'], [43, 'bfyrjb', '被反映人级别', 'FORBIDDEN'], [44, 'bfyrzw', '被反映人职务', 'FORBIDDEN'], [45, 'bfyrzzdm', '被反映人住址代码', 'FORBIDDEN'],
  [46, 'bfyrzzmc', '被反映人住址名称', 'FORBIDDEN'], [47, 'bfyrhdw', '被反映人或单位', 'FORBIDDEN'], [48, 'blcx', '办理程序', 'BOTH'], [49, 'xfjbhNew', '信访件编号(格式转换后)', 'NOT_KEPT'], [50, 'lhxfjid', '联合信访件id', 'BOTH'],
  [51, 'lastmodifytime', '数据最后修改时间', 'OUT'],
];

test('the record has exactly 51 numbered fields', () => expect([PETITION_FIELDS.length, PUBLISHED.length]).toEqual([51, 51]));

test.each(PUBLISHED)('field %i is %s %s: %s', (no, code, zh, use) => {
  const field = PETITION_FIELDS[no - 1];
  expect([field?.no, field?.code, field?.zh, field?.use]).toEqual([no, code, zh, use]);
  expect(field?.field !== null).toBe(use === 'BOTH' || use === 'OUT');
});

test.each([
  ['yybz', '是否扬言'], ['sfyfzjzf', '是否依法逐级走访'], ['sabz', '涉澳标志'], ['sgbz', '涉港标志'], ['stbz', '涉台标志'], ['sqbz', '涉侨标志'], ['swbz', '涉外标志'], ['bfyrhdw', '被反映人或单位'], ['bfyrzw', '被反映人职务'],
  ['bfyrjb', '被反映人级别'], ['bfyrzzdm', '被反映人住址代码'], ['bfyrzzmc', '被反映人住址名称'], ['mz', '民族'], ['xb', '性别'], ['gzdw', '工作单位'], ['csrq', '出生日期'], ['zy', '职业'], ['zzmm', '政治面貌'], ['xfrgjhgatjmsf', '国籍或港澳台居民身份'], ['tsry', '是否特殊人员'],
])('PIPL 第六条, brief §4.1 and §5.3: %s %s is never kept', (code, zh) => {
  expect(RECORD_FIELDS.find((field) => field.code === code)).toMatchObject({ zh, use: 'FORBIDDEN', field: null });
});

test('nothing else is forbidden, and what is forbidden has no place here', () => {
  const forbidden = EXCHANGE_FIELDS.filter((field) => field.use === 'FORBIDDEN');
  expect(forbidden).toHaveLength(20);
  expect(forbidden.every((field) => field.field === null && field.note !== '')).toBe(true);
});

test('of a petitioner: name, address, places, paper, telephone, principal (PIPL 第六条), and no more', () => {
  expect(new Set(PETITIONER_FIELDS.flatMap((field) => field.field ?? []))).toEqual(new Set(['name', 'address', 'residenceDivisionCode', 'idKind', 'idNumber', 'phone', 'householdDivisionCode', 'isPrincipal']));
});

test('each code and each name stands once in a workbook, so that a header means one thing', () => {
  for (const key of ['code', 'zh'] as const) expect(new Set(RECORD_FIELDS.map((field) => field[key])).size).toBe(RECORD_FIELDS.length);
  expect(MORE_PETITION_FIELDS.every((field) => field.no === null)).toBe(true);
  for (const table of ['XFJ', 'XFR', 'BLFS', 'YJS', 'PJ']) expect(EXCHANGE_FIELDS.some((field) => field.table === table)).toBe(true);
});
