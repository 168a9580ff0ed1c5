import { bodyHash, type TokenGate } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { templateBook, writeWorkbook, type Column } from '@anjie/workbook';
import { claimsOf, type Route } from '../subgraph';
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

export type Template = Pick<AnyImportDefinition, 'sheet' | 'columns'>;

/** The empty form of one or more imports in one .xlsx, with a 填写说明 sheet. */
export const templateFor = (...definitions: readonly Template[]): Promise<Buffer> =>
  writeWorkbook({ buffer: true }, templateBook(...definitions.map((one) => ({ sheet: one.sheet ?? '导入', columns: one.columns.filter((column) => !column.dropped).map(toTemplateColumn) }))));

const PATH = '/internal/templates/';

/** Empty workbooks to fill in, by file name, made from the same columns that the importer checks. */
export const templateRoute = (gate: TokenGate, templates: Readonly<Record<string, readonly Template[]>>): Route => ({
  method: 'GET',
  path: PATH,
  async answer(request, response) {
    claimsOf(gate, request, bodyHash(''));
    const name = (request.url ?? '').split('?')[0]?.slice(PATH.length) ?? '';
    const found = Object.hasOwn(templates, name) ? templates[name] : undefined;
    if (!found) throw new AppError('NOT_FOUND');
    const book = await templateFor(...found);
    response.writeHead(200, { 'content-type': XLSX, 'content-disposition': `attachment; filename="${name}"` });
    response.end(book);
  },
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
