import { templateBook, writeWorkbook, type Book, type Column } from '@anjie/workbook';
import type { LedgerRow } from './ledger-rows';

interface LedgerColumn extends Column {
  readonly key: keyof LedgerRow;
}

const CHANNEL_CHOICES = ['来信', '来访', '网上信访', '电话', '传真', '领导信箱', '其他'];
const PURPOSE_CHOICES = ['申诉求决', '意见建议', '揭发控告', '其他'];

/** The importer's columns, in its template's order (GET /templates/ledger.xlsx). */
export const ledgerColumns: readonly LedgerColumn[] = [
  { key: 'sourceNumber', header: '信访件编号', type: 'text', width: 26, note: '原系统编号；同一编号只导入一次' },
  { key: 'name', header: '信访人姓名', type: 'text', note: '不清楚可留空（第二十三条）' },
  { key: 'idNumber', header: '证件号码', type: 'text', width: 22, note: '18位居民身份证号' },
  { key: 'phone', header: '联系电话', type: 'text', note: '手机或固定电话' },
  { key: 'address', header: '住址', type: 'text', width: 36 },
  { key: 'petitionedOn', header: '信访日期', type: 'date', note: '格式 2020-03-15' },
  { key: 'channel', header: '信访形式', type: 'text', choices: CHANNEL_CHOICES },
  { key: 'purpose', header: '信访目的', type: 'text', choices: PURPOSE_CHOICES, note: '留空视为申诉求决' },
  { key: 'divisionCode', header: '问题属地代码', type: 'text', note: '行政区划代码，例如 640104' },
  { key: 'contentCategory', header: '内容分类', type: 'text', width: 24 },
  { key: 'title', header: '标题', type: 'text', width: 40, note: '一句话，不写姓名' },
  { key: 'summary', header: '概况信息', type: 'text', width: 60, note: '4000字以内' },
  { key: 'petitionerCount', header: '信访人数', type: 'number' },
  { key: 'affectedCount', header: '涉及人数', type: 'number' },
  { key: 'registeredOn', header: '登记日期', type: 'date', note: '决定是否属于底数范围' },
  { key: 'enteredOn', header: '交办日期', type: 'date', note: '列入台账的日期' },
  { key: 'leadUnit', header: '责任单位', type: 'text', width: 30, note: '单位代码或全称' },
  { key: 'supportUnits', header: '配合单位', type: 'text', width: 40, note: '多个用顿号分开' },
  { key: 'sponsor', header: '包案领导', type: 'text', note: '工号或姓名' },
  { key: 'limitOn', header: '化解时限', type: 'date' },
  { key: 'resolvedOn', header: '化解日期', type: 'date', note: '经审核认定化解的日期，未化解留空' },
];

export const ledgerCells = (rows: readonly LedgerRow[]) => rows.map((row) => ledgerColumns.map(({ key }) => row[key]));

/** A filled ledger with a sheet that explains its columns. */
export const ledgerBook = (rows: readonly LedgerRow[]): Book => templateBook({ sheet: '台账', columns: ledgerColumns, examples: ledgerCells(rows) });

export const ledgerWorkbook = (rows: readonly LedgerRow[]): Promise<Buffer> => writeWorkbook({ buffer: true }, ledgerBook(rows));
