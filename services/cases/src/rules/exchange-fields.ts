/** Which table of the exchange interface a field stands in: 信访件, 信访人, 办理方式, 意见书/送达, 评价. */
export type ExchangeTable = 'XFJ' | 'XFR' | 'BLFS' | 'YJS' | 'PJ';
/**
 * BOTH: taken in and given out. OUT: given out only. NOT_KEPT: there is nothing to keep, empty on export. FORBIDDEN: not
 * needed for handling (PIPL 第六条) or harmful (brief §4.1, §5): dropped and reported on import, empty on export.
 * MAPPED: the place is known, nothing carries it yet.
 */
export type ExchangeUse = 'BOTH' | 'OUT' | 'NOT_KEPT' | 'FORBIDDEN' | 'MAPPED';
export type ExchangeType = 'text' | 'code' | 'day' | 'moment' | 'count' | 'flag';

export interface ExchangeField {
  readonly table: ExchangeTable;
  /** Number in the published list of 51; null for a field of other dictionaries, or of our own. */
  readonly no: number | null;
  readonly code: string;
  readonly zh: string;
  /** Our field; null when we have none. */
  readonly field: string | null;
  readonly type: ExchangeType;
  /** Characters; null where no width is published. */
  readonly width: number | null;
  readonly use: ExchangeUse;
  readonly note: string;
}

type Line = readonly [no: number | null, code: string, zh: string, field: string | null, type: ExchangeType, width: number | null, use: ExchangeUse, note: string];
const rowsOf = (table: ExchangeTable, lines: readonly Line[]): ExchangeField[] =>
  lines.map(([no, code, zh, field, type, width, use, note]) => ({ table, no, code, zh, field, type, width, use, note }));

const SEALED = 'only in the sealed lane (第三十条)';
const MINIMUM = 'not needed for handling (PIPL 第六条)';

/** The 51 numbered fields of 信访件 (brief §4.1, source C1), in their order; widths from source C4. */
export const PETITION_FIELDS: readonly ExchangeField[] = rowsOf('XFJ', [
  [1, 'xzqh', '行政区划代码', 'sourceDivisionCode', 'code', 6, 'BOTH', 'of the sender'],
  [2, 'xfjid', '信访件id', 'externalId', 'text', 38, 'BOTH', 'opaque'],
  [3, 'xfjbh', '信访件编号', 'externalNumber', 'text', 38, 'BOTH', 'opaque: formats vary; with the sender the natural key'],
  [4, 'cxmzt', '查询码状态', null, 'code', 2, 'NOT_KEPT', 'of the other system'],
  [5, 'cxm', '查询码', null, 'text', null, 'NOT_KEPT', 'a secret between a petitioner and the other system'],
  [6, 'xfrq', '信访日期', 'petitionedOn', 'day', null, 'BOTH', ''],
  [7, 'xfxs', '信访形式', 'externalForm', 'code', 3, 'BOTH', 'by name; an unknown code is kept'],
  [8, 'xfrs', '信访人数', 'petitionerCount', 'count', 6, 'BOTH', ''],
  [9, 'sjrs', '涉及人数', 'affectedCount', 'count', 6, 'BOTH', ''],
  [10, 'djjgmc', '登记机构名称', 'registeringOrg', 'text', 255, 'BOTH', 'as reported, or our unit'],
  [11, 'djjgdm', '登记机构代码', 'registeringOrgCode', 'code', 6, 'BOTH', ''],
  [12, 'djbm', '登记部门', 'registeringDepartment', 'text', 255, 'BOTH', 'as reported'],
  [13, 'djr', '登记人', 'registeringClerk', 'text', 50, 'BOTH', 'as reported; own clerks are not named'],
  [14, 'djsj', '登记时间', 'registeredAt', 'moment', null, 'BOTH', 'Asia/Shanghai; starts no clock here'],
  [15, 'gkxx', '概况信息', 'summary', 'text', 4_000, 'BOTH', ''],
  [16, 'tsnr', '投诉内容', 'content', 'text', 4_000, 'BOTH', 'restricted; left out of a masked export'],
  [17, 'sxr', '受信人', 'addressee', 'text', 100, 'BOTH', ''],
  [18, 'xfjzt', '信访件状态', 'reportedStatus', 'code', 2, 'BOTH', 'by name, never by number; moves no state here'],
  [19, 'bjgccbz', '本机构初次标志', 'isFirstAtOrg', 'flag', 1, 'BOTH', ''],
  [20, 'qgccbz', '全国初次标志', 'isFirstNationwide', 'flag', 1, 'BOTH', ''],
  [21, 'cfxfbz', '重复信访标志', 'isRepeat', 'flag', 1, 'BOTH', 'as reported; links nothing here'],
  [22, 'wtsddm', '问题属地代码', 'divisionCode', 'code', 6, 'BOTH', 'GB/T 2260'],
  [23, 'nrfldm', '内容分类代码', 'contentCategory', 'code', 6, 'BOTH', 'by name or slug; an unknown code is kept'],
  [24, 'xfmddm', '信访目的代码', 'statedPurpose', 'code', 2, 'BOTH', 'by name; a number could hide an accusation and is refused'],
  [25, 'xfyydm', '信访原因代码', 'cause', 'code', 2, 'BOTH', 'list not published'],
  [26, 'scxfjg', '首次信访机构', 'firstOrg', 'text', 255, 'BOTH', ''],
  [27, 'scxfrq', '首次信访日期', 'firstOn', 'day', null, 'BOTH', ''],
  [28, 'sksflbz', '三跨三分离标志', 'isCrossSeparation', 'flag', 1, 'BOTH', ''],
  [29, 'jabz', '积案标志', 'isBacklog', 'flag', 1, 'BOTH', 'own: counted by a ledger'],
  [30, 'fcbz', '复查标志', 'isReviewed', 'flag', 1, 'BOTH', 'own: derived from the state'],
  [31, 'fhbz', '复核标志', 'isReReviewed', 'flag', 1, 'BOTH', 'own: derived from the state'],
  [32, 'bjbz', '办结标志', 'isClosed', 'flag', 1, 'BOTH', 'own: derived from the ends'],
  [33, 'shrdbjbz', '审核认定办结标志', 'isClosingAccepted', 'flag', 1, 'BOTH', 'own: derived from the ends'],
  [34, 'lmbz', '是否联名', 'isJoint', 'flag', 1, 'BOTH', ''],
  [35, 'gkbz', '是否同意公开', 'consentsToPublication', 'flag', 1, 'BOTH', ''],
  [36, 'zdjjbz', '重大紧急标志', 'isMajorUrgent', 'flag', 1, 'BOTH', '第二十五条'],
  [37, 'nmbz', '匿名标志', 'isAnonymous', 'flag', 1, 'BOTH', 'identities that come with it are dropped'],
  [38, 'yybz', '是否扬言', null, 'flag', 1, 'FORBIDDEN', 'no flag on a person (brief §5.3)'],
  [39, 'rdwt', '热点问题', 'hotTopic', 'code', 2, 'BOTH', ''],
  [40, 'ssxt', '所属系统', 'system', 'code', 2, 'BOTH', ''],
  [41, 'xbjzsj', '限办截止时间', 'dueAt', 'moment', null, 'BOTH', 'as reported; limits are computed here, never typed'],
  [42, 'xgfj', '信访件附件描述信息', null, 'text', null, 'NOT_KEPT', 'files do not travel in a workbook'],
  [43, 'bfyrjb', '被反映人级别', null, 'code', 2, 'FORBIDDEN', SEALED],
  [44, 'bfyrzw', '被反映人职务', null, 'text', 50, 'FORBIDDEN', SEALED],
  [45, 'bfyrzzdm', '被反映人住址代码', null, 'code', 50, 'FORBIDDEN', SEALED],
  [46, 'bfyrzzmc', '被反映人住址名称', null, 'text', 255, 'FORBIDDEN', SEALED],
  [47, 'bfyrhdw', '被反映人或单位', null, 'text', 255, 'FORBIDDEN', SEALED],
  [48, 'blcx', '办理程序', 'reportedProcedure', 'code', null, 'BOTH', '普通程序, 简易程序, 导入法定途径'],
  [49, 'xfjbhNew', '信访件编号(格式转换后)', null, 'text', 38, 'NOT_KEPT', 'another spelling of xfjbh'],
  [50, 'lhxfjid', '联合信访件id', 'jointId', 'text', 38, 'BOTH', 'opaque'],
  [51, 'lastmodifytime', '数据最后修改时间', 'exportedAt', 'moment', null, 'OUT', ''],
]);

/** Fields of the other published dictionaries (brief §4.1, sources C2 and C4), and three of our own that a round trip needs. */
export const MORE_PETITION_FIELDS: readonly ExchangeField[] = rowsOf('XFJ', [
  [null, 'djjglb', '登记机构类别', 'registeringOrgKind', 'code', 4, 'BOTH', 'list not published'],
  [null, 'repeated_id', '重复信访件编号', 'repeatOf', 'text', 38, 'BOTH', 'as reported; links nothing here'],
  [null, 'sfssbz', '涉法涉诉标志', 'involvesLitigation', 'flag', 1, 'BOTH', '第二十三条第四款'],
  [null, 'sfyfzjzf', '是否依法逐级走访', null, 'flag', 1, 'FORBIDDEN', 'used for blame; 第二十条 only says where to visit'],
  ...([['sabz', '涉澳标志'], ['sgbz', '涉港标志'], ['stbz', '涉台标志'], ['sqbz', '涉侨标志'], ['swbz', '涉外标志']] as const)
    .map(([code, zh]): Line => [null, code, zh, null, 'flag', 1, 'FORBIDDEN', MINIMUM]),
  [null, 'bt', '标题', 'title', 'text', 200, 'BOTH', 'ours; else the beginning of gkxx'],
  [null, 'sq', '诉求', 'claims', 'text', 12_000, 'BOTH', 'ours; one a line'],
  [null, 'qtxfr', '其他信访人', 'petitioners', 'text', 30_000, 'BOTH', 'ours; one a line, parts separated by ｜'],
]);
