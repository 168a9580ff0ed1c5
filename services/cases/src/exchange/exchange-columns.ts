import type { ImportColumn, ImportColumnType, Sensitivity, Template } from '@anjie/service-kit/imports';
import type { ExchangeField, ExchangeType } from '../rules/exchange-fields';
import { RECORD_FIELDS } from '../rules/exchange-tables';

/** Says in each row of an export who took it, when and why; nothing of it is read back. */
export const WATERMARK = { code: 'dcsy', zh: '导出水印' } as const;
export const EXCHANGE_SHEET = '信访件';

const REQUIRED: ReadonlySet<string> = new Set(['xzqh', 'xfjbh', 'xfrq', 'xfxs', 'gkxx', 'wtsddm', 'xfmddm']);
const SENSITIVE: Readonly<Record<string, Sensitivity>> = { xm: 'NAME', zjhm: 'ID_NUMBER', sjh: 'PHONE', gddh: 'PHONE', zz: 'ADDRESS', txdz: 'ADDRESS', qtxfr: 'NAME' };
/** Other names under which the published dictionaries carry the same field. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  xm: ['信访人姓名'], xb: ['性别代码'], mz: ['民族代码'], zy: ['职业代码'], lmbz: ['联名标志'], yybz: ['扬言标志'], nmbz: ['是否匿名'], xfjzfrbz: ['zfrbz', '是否是主访人'], xbjzsj: ['xbjzrq'],
  sqbz: ['是否涉侨'], zz: ['信访人住址'], dzyj: ['邮箱'], yzbm: ['邮编'],
};
const TYPES: Readonly<Record<ExchangeType, ImportColumnType>> = { text: 'text', code: 'text', day: 'date', moment: 'text', count: 'integer', flag: 'choice' };
/** Names stand where codes are not known, so a code's cell may be longer than the code. */
const LENGTHS: Readonly<Partial<Record<ExchangeType, number>>> = { code: 64, moment: 32 };
const FLAG = [{ value: '1', label: '是' }, { value: '0', label: '否' }];

const KEPT: ReadonlySet<string> = new Set(['BOTH']);

function columnOf(field: ExchangeField): ImportColumn {
  const length = LENGTHS[field.type] ?? field.width;
  const isKept = KEPT.has(field.use);
  return {
    header: field.zh, aliases: [field.code, ...(ALIASES[field.code] ?? [])], key: field.code, required: REQUIRED.has(field.code), type: field.code === 'sjh' || field.code === 'gddh' ? 'phone' : TYPES[field.type],
    ...(length !== null && field.type !== 'flag' && field.type !== 'count' && field.type !== 'day' ? { maxLength: length } : {}),
    ...(field.type === 'flag' ? { choices: FLAG } : {}), ...(SENSITIVE[field.code] ? { sensitive: SENSITIVE[field.code] as Sensitivity } : {}),
    ...(isKept ? {} : { dropped: field.use === 'FORBIDDEN' ? 'FORBIDDEN' as const : 'NOT_KEPT' as const }), note: { zh: field.code, en: field.note },
  };
}

/** Headers are the Chinese names or the pinyin codes, in any order. */
export const exchangeColumns: readonly ImportColumn[] = [
  ...RECORD_FIELDS.map(columnOf),
  { header: WATERMARK.zh, aliases: [WATERMARK.code], key: WATERMARK.code, required: false, type: 'text', dropped: 'NOT_KEPT', note: { zh: '', en: '' } },
];

export const exchangeTemplates: Readonly<Record<string, readonly Template[]>> = { 'exchange.xlsx': [{ sheet: EXCHANGE_SHEET, columns: exchangeColumns }] };
