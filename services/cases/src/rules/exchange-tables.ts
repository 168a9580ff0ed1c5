import { MORE_PETITION_FIELDS, PETITION_FIELDS, type ExchangeField, type ExchangeTable, type ExchangeType, type ExchangeUse } from './exchange-fields';

type Line = readonly [code: string, zh: string, field: string | null, type: ExchangeType, use: ExchangeUse, note?: string];
const rowsOf = (table: ExchangeTable, lines: readonly Line[]): ExchangeField[] =>
  lines.map(([code, zh, field, type, use, note]) => ({ table, no: null, code, zh, field, type, width: null, use, note: note ?? '' }));

const MINIMUM = 'not needed for handling (PIPL 第六条)';

/** 信访人: name, address, contact, paper and the principal's mark; everything else that the interface carries is not needed. */
export const PETITIONER_FIELDS = rowsOf('XFR', [
  ['xfrid', '信访人id', null, 'text', 'NOT_KEPT', 'a person has no number here'], ['xm', '姓名', 'name', 'text', 'BOTH'], ['xb', '性别', null, 'code', 'FORBIDDEN', MINIMUM],
  ['mz', '民族', null, 'code', 'FORBIDDEN', MINIMUM], ['zz', '住址', 'address', 'text', 'BOTH'], ['zzdm', '住址代码', 'residenceDivisionCode', 'code', 'BOTH', '常住地'],
  ['zjlx', '证件类型', 'idKind', 'code', 'BOTH', 'by name; 111 is 居民身份证'], ['zjhm', '证件号码', 'idNumber', 'text', 'BOTH'], ['sjh', '手机号', 'phone', 'text', 'BOTH'],
  ['hkszd', '户口所在地', 'householdDivisionCode', 'code', 'BOTH', '户籍地; only a division code is kept'], ['txdz', '通讯地址', 'address', 'text', 'BOTH', 'when zz is empty'],
  ['gzdw', '工作单位', null, 'text', 'FORBIDDEN', MINIMUM], ['yzbm', '邮政编码', null, 'code', 'NOT_KEPT'], ['gddh', '固定电话', 'phone', 'text', 'BOTH', 'when sjh is empty'],
  ['dzyj', '电子邮件', null, 'text', 'NOT_KEPT'], ['csrq', '出生日期', null, 'day', 'FORBIDDEN', MINIMUM], ['zy', '职业', null, 'code', 'FORBIDDEN', MINIMUM],
  ['zzmm', '政治面貌', null, 'code', 'FORBIDDEN', MINIMUM], ['xfrgjhgatjmsf', '国籍或港澳台居民身份', null, 'code', 'FORBIDDEN', MINIMUM],
  ['tsry', '是否特殊人员', null, 'flag', 'FORBIDDEN', 'no label on a person (brief §5.3)'], ['xfjzfrbz', '主访人标志', 'isPrincipal', 'flag', 'OUT', 'a row names the principal'],
]);

/** 办理方式 (brief §4.1). */
export const HANDLING_FIELDS = rowsOf('BLFS', [
  ['blfsid', '办理方式id', null, 'text', 'NOT_KEPT'], ['blfs', '办理方式', 'Assignment.kind', 'code', 'MAPPED', 'by name: 存, 直接回复, 转送, 交办, 受理告知, 督办, 不予受理, 不再受理'],
  ['bljg', '办理机构', 'Assignment.assignedBy', 'text', 'MAPPED'], ['bljgdm', '办理机构代码', 'Unit.code', 'code', 'MAPPED'], ['blbm', '办理部门', null, 'text', 'NOT_KEPT'],
  ['jbr', '经办人', null, 'text', 'NOT_KEPT'], ['blsj', '办理时间', 'Assignment.assignedOn', 'moment', 'MAPPED'], ['qxjg', '去向机构', 'Assignment.leadUnit', 'text', 'MAPPED'],
  ['qxjgdm', '去向机构代码', 'Unit.code', 'code', 'MAPPED'], ['xqxmc', '小去向名称', null, 'text', 'NOT_KEPT'], ['hfgznr', '回复告知内容', 'Assignment.note', 'text', 'MAPPED'],
  ['xqhbsj', '限期汇报时间', 'Assignment.limitOn', 'moment', 'MAPPED'], ['fj', '办理方式附件描述信息', null, 'text', 'NOT_KEPT'],
]);

/** 意见书与送达 (brief §4.1). */
export const OPINION_FIELDS = rowsOf('YJS', [
  ['yjsnr', '意见书内容', 'Document.text', 'text', 'MAPPED'], ['xfryj', '信访人意见', 'Delivery.stance', 'code', 'MAPPED', '0 同意, 1 不同意, 9 无明确意见'],
  ['sdfs', '送达方式', 'Delivery.method', 'code', 'MAPPED', '0 当面, 1 邮寄, 2 其他'], ['qsbz', '签收标志', 'Delivery.isSigned', 'code', 'MAPPED', '0 拒收, 1 签收'],
  ['sdr', '送达人', 'Delivery.deliveredBy', 'text', 'MAPPED'], ['sdsj', '送达时间', 'Delivery.deliveredOn', 'moment', 'MAPPED'],
]);

/** 满意度评价 (brief §1.4): by the petitioner only; unrated stays unrated. */
export const RATING_FIELDS = rowsOf('PJ', [
  ['pjzt', '评价状态', 'Rating.state', 'code', 'MAPPED', '待评价, 未评价, 已评价, 超期未评价'], ['dxfbmpj', '对信访部门评价满意值', 'Rating.petitionOffice', 'code', 'MAPPED'],
  ['dxfbmpjnr', '对信访部门评价内容', 'Rating.petitionOfficeReason', 'text', 'MAPPED'], ['dxfbmpjsj', '对信访部门评价时间', 'Rating.petitionOfficeRatedOn', 'moment', 'MAPPED'],
  ['dzrdwpj', '对责任单位评价满意值', 'Rating.handlingUnit', 'code', 'MAPPED'], ['dzrdwpjnr', '对责任单位评价内容', 'Rating.handlingUnitReason', 'text', 'MAPPED'],
  ['dzrdwpjsj', '对责任单位评价时间', 'Rating.handlingUnitRatedOn', 'moment', 'MAPPED'], ['pjfs', '评价方式', null, 'code', 'NOT_KEPT', 'ratings by others (代评) are no ratings here'],
  ['dbr', '代评人', null, 'text', 'NOT_KEPT'], ['dpdw', '代评单位', null, 'text', 'NOT_KEPT'], ['pjly', '评价来源', null, 'code', 'NOT_KEPT'],
]);

export const EXCHANGE_FIELDS: readonly ExchangeField[] = [
  ...PETITION_FIELDS, ...MORE_PETITION_FIELDS, ...PETITIONER_FIELDS, ...HANDLING_FIELDS, ...OPINION_FIELDS, ...RATING_FIELDS,
];

/** The columns of one row of the workbook: the record and its principal. */
export const RECORD_FIELDS: readonly ExchangeField[] = [...PETITION_FIELDS, ...MORE_PETITION_FIELDS, ...PETITIONER_FIELDS];
