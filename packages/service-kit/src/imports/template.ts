import { templateBook, writeWorkbook, type Column } from '@anjie/workbook';
import type { AnyImportDefinition, ImportColumn, ImportColumnType } from './definition';

const FORMATS: Readonly<Record<ImportColumnType, string>> = {
  text: '', date: '日期，如 2024-01-31。', integer: '整数。', decimal: '数字。', choice: '请从下拉列表选择。', idNumber: '18 位居民身份证号码。', phone: '手机或带区号的固定电话。',
};

function toTemplateColumn(column: ImportColumn): Column {
  const length = column.maxLength === undefined ? '' : `不超过 ${column.maxLength} 字。`;
  return {
    header: column.header,
    // numbers are text cells too: a spreadsheet program then keeps their digits
    type: column.type === 'date' ? 'date' : 'text',
    width: column.type === 'text' ? 24 : 20,
    note: `${column.required ? '必填。' : ''}${FORMATS[column.type]}${length}${column.note.zh} ${column.note.en}`,
    ...(column.choices ? { choices: column.choices.map((choice) => choice.label) } : {}),
  };
}

/** The empty form of an import, .xlsx, with a 填写说明 sheet. */
export const templateFor = (definition: Pick<AnyImportDefinition, 'sheet' | 'columns'>): Promise<Buffer> =>
  writeWorkbook({ buffer: true }, templateBook({ sheet: definition.sheet ?? '导入', columns: definition.columns.map(toTemplateColumn) }));
