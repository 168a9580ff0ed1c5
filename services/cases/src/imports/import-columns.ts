import type { ImportColumn, Template } from '@anjie/service-kit/imports';

/** Columns that ledgers and lists of petitions share. Headers are those that offices use (brief §4.1). */
export const personColumns: readonly ImportColumn[] = [
  { header: '信访人姓名', key: 'name', required: false, type: 'text', maxLength: 100, sensitive: 'NAME', note: { zh: '不清楚可留空（第二十三条）', en: 'May be empty when unknown (Art. 23)' } },
  { header: '证件号码', key: 'idNumber', required: false, type: 'idNumber', sensitive: 'ID_NUMBER', note: { zh: '18位居民身份证号，请设为文本格式', en: '18-digit ID number, as text' } },
  { header: '联系电话', key: 'phone', required: false, type: 'phone', sensitive: 'PHONE', note: { zh: '手机或固定电话', en: 'Mobile or fixed number' } },
  { header: '住址', key: 'address', required: false, type: 'text', maxLength: 300, sensitive: 'ADDRESS', note: { zh: '通讯地址', en: 'Postal address' } },
];

export const petitionColumns: readonly ImportColumn[] = [
  { header: '信访日期', key: 'petitionedOn', required: true, type: 'date', note: { zh: '格式 2020-03-15', en: 'YYYY-MM-DD' } },
  {
    header: '信访形式', key: 'channel', required: true, type: 'choice', note: { zh: '下拉选择', en: 'Choose' },
    choices: [
      { value: 'LETTER', label: '来信' }, { value: 'VISIT', label: '来访' }, { value: 'ONLINE', label: '网上信访' }, { value: 'PHONE', label: '电话' },
      { value: 'FAX', label: '传真' }, { value: 'LEADER_MAILBOX', label: '领导信箱' }, { value: 'OTHER', label: '其他' },
    ],
  },
  {
    header: '信访目的', key: 'purpose', required: false, type: 'choice', note: { zh: '留空视为申诉求决；揭发控告须走保密通道', en: 'Empty means a claim; accusations go to the sealed lane' },
    choices: [{ value: 'CLAIM', label: '申诉求决' }, { value: 'SUGGESTION', label: '意见建议' }, { value: 'ACCUSATION', label: '揭发控告' }, { value: 'OTHER', label: '其他' }],
  },
  { header: '问题属地代码', key: 'divisionCode', required: true, type: 'text', maxLength: 12, note: { zh: '行政区划代码，例如 640104', en: 'GB/T 2260 code' } },
  { header: '内容分类', key: 'contentCategory', required: false, type: 'text', maxLength: 64, note: { zh: '例如 土地征收', en: 'Content category' } },
  { header: '标题', key: 'title', required: true, type: 'text', maxLength: 200, note: { zh: '一句话，不写姓名', en: 'One line, no name' } },
];

export const ledgerColumns: readonly ImportColumn[] = [
  { header: '信访件编号', key: 'sourceNumber', required: false, type: 'text', maxLength: 40, note: { zh: '原系统编号；同一编号只导入一次', en: 'Number in the source system; imported once' } },
  ...personColumns,
  ...petitionColumns,
  { header: '概况信息', key: 'summary', required: true, type: 'text', maxLength: 4_000, note: { zh: '4000字以内', en: 'At most 4,000 characters' } },
  { header: '信访人数', key: 'petitionerCount', required: false, type: 'integer', note: { zh: '留空视为1', en: 'Empty means 1' } },
  { header: '涉及人数', key: 'affectedCount', required: false, type: 'integer', note: { zh: '', en: 'People concerned' } },
  { header: '登记日期', key: 'registeredOn', required: true, type: 'date', note: { zh: '决定是否属于底数范围', en: 'Decides whether it belongs to the cohort' } },
  { header: '交办日期', key: 'enteredOn', required: true, type: 'date', note: { zh: '列入台账的日期', en: 'Day of entry into the ledger' } },
  { header: '责任单位', key: 'leadUnit', required: false, type: 'text', maxLength: 200, note: { zh: '单位代码或全称', en: 'Unit code or full name' } },
  { header: '配合单位', key: 'supportUnits', required: false, type: 'text', maxLength: 1_000, note: { zh: '多个用顿号分开', en: 'Several are separated by 、' } },
  { header: '包案领导', key: 'sponsor', required: false, type: 'text', maxLength: 100, note: { zh: '工号或姓名', en: 'Staff number or name' } },
  { header: '化解时限', key: 'limitOn', required: false, type: 'date', note: { zh: '', en: 'Day by which it is to be settled' } },
  { header: '化解日期', key: 'resolvedOn', required: false, type: 'date', note: { zh: '经审核认定化解的日期，未化解留空', en: 'Day of recognised resolution; empty while open' } },
  {
    header: '交办来源', key: 'source', required: false, type: 'choice', note: { zh: '谁交办的；按来源确定底数的专项工作必填', en: 'Who assigned it; needed where the cohort is decided by source' },
    choices: [
      { value: 'CENTRAL', label: '中央交办' }, { value: 'REGION', label: '自治区(省)交办' }, { value: 'CITY', label: '市级交办' }, { value: 'COUNTY', label: '县级交办' }, { value: 'SELF', label: '自办件' },
    ],
  },
];

export const petitionListColumns: readonly ImportColumn[] = [
  { header: '信访件编号', key: 'sourceNumber', required: true, type: 'text', maxLength: 40, note: { zh: '原系统编号；同一编号只导入一次', en: 'Number in the source system; imported once' } },
  ...personColumns,
  ...petitionColumns,
  { header: '投诉内容', key: 'content', required: true, type: 'text', maxLength: 30_000, note: { zh: '原文', en: 'The text' } },
];

/** Workbooks that may be downloaded to be filled in. */
export const templates: Readonly<Record<string, readonly Template[]>> = {
  'ledger.xlsx': [{ sheet: '台账', columns: ledgerColumns }],
  'petitions.xlsx': [{ sheet: '信访件清单', columns: petitionListColumns }],
};
