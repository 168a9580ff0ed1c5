/** Every reason for which a file or a cell is refused. The first list stops the reading, the second concerns one cell. */
const texts = {
  FILE_NOT_FOUND: { zh: '文件不存在或无法读取', en: 'The file does not exist or cannot be read' },
  FILE_TOO_LARGE: { zh: '文件超过大小上限（{limit} 字节）', en: 'The file is larger than {limit} bytes' },
  UNCOMPRESSED_TOO_LARGE: { zh: '文件解压后超过上限（{limit} 字节）', en: 'The file inflates to more than {limit} bytes' },
  TOO_MANY_TEXTS: { zh: '工作簿中的文本条目超过上限（{limit} 条）', en: 'The workbook holds more than {limit} distinct texts' },
  TOO_MANY_ROWS: { zh: '行数超过上限（{limit} 行）', en: 'The sheet has more than {limit} rows' },
  TOO_MANY_COLUMNS: { zh: '列数超过上限（{limit} 列）', en: 'The sheet has more than {limit} columns' },
  CELL_TOO_LONG: { zh: '单元格内容超过上限（{limit} 个字符）', en: 'A cell holds more than {limit} characters' },
  LEGACY_XLS: { zh: '不支持旧版 .xls 文件，请另存为 .xlsx', en: 'Legacy .xls files are not supported; save the file as .xlsx' },
  ENCRYPTED: { zh: '文件已加密，请取消密码后再上传', en: 'The file is encrypted; remove its password first' },
  MACROS_REFUSED: { zh: '不接受含宏的工作簿，请另存为不含宏的 .xlsx', en: 'Workbooks with macros are refused; save the file as a plain .xlsx' },
  UNSUPPORTED_FORMAT: { zh: '文件不是 .xlsx 或 .csv', en: 'The file is neither .xlsx nor .csv' },
  MALFORMED_ZIP: { zh: '文件已损坏，无法解压', en: 'The file is damaged and cannot be unpacked' },
  MALFORMED_XLSX: { zh: '工作簿已损坏或内容不合规范（{detail}）', en: 'The workbook is damaged ({detail})' },
  XML_DOCTYPE_REFUSED: { zh: '工作簿中含有不允许的 XML 声明', en: 'The workbook carries a forbidden XML doctype' },
  MALFORMED_CSV: { zh: 'CSV 第 {row} 行格式有误，请检查引号', en: 'The CSV record at row {row} is malformed; check its quotes' },
  NUL_BYTE: { zh: '文件含有空字节，不是文本文件', en: 'The file holds NUL bytes and is not a text file' },
  ENCODING_UNKNOWN: { zh: '无法识别文件编码，请用 UTF-8 或 GB18030 保存', en: 'The text is neither UTF-8 nor GB18030' },
  SHEET_MISSING: { zh: '找不到工作表“{sheet}”', en: 'There is no sheet named "{sheet}"' },
  NO_HEADER: { zh: '找不到表头行', en: 'There is no header row' },
  DUPLICATE_HEADER: { zh: '表头“{header}”重复', en: 'The header "{header}" appears twice' },
  SHEET_NAME_INVALID: { zh: '工作表名称“{sheet}”不可用', en: 'The sheet name "{sheet}" cannot be used' },
  ROW_TOO_WIDE: { zh: '写入的行多于 {limit} 列', en: 'A row to write has more than {limit} cells' },
  NUMBER_TOO_LONG: { zh: '数字超过 15 位，已丢失精度，请将该列设为文本格式后重新填写', en: 'The number has more than 15 digits and has lost precision; format the column as text and type it again' },
  CELL_ERROR: { zh: '单元格是错误值 {value}', en: 'The cell holds the error {value}' },
  DATE_INVALID: { zh: '日期“{value}”无效', en: 'The date "{value}" is not valid' },
  VALUE_INVALID: { zh: '单元格内容“{value}”无法识别', en: 'The cell value "{value}" cannot be understood' },
  FORMULA_WITHOUT_VALUE: { zh: '公式没有已计算的结果，请在表格软件中打开并保存', en: 'The formula has no computed result; open and save the file in a spreadsheet program' },
  VALUE_WITHOUT_HEADER: { zh: '单元格所在的列没有表头', en: 'The cell stands in a column that has no header' },
} as const;

export type WorkbookProblemCode = keyof typeof texts;

/** What is wrong, where ("C7", when one cell is to blame) and in which words. */
export interface WorkbookProblem {
  readonly code: WorkbookProblemCode;
  readonly address?: string;
  readonly text: { readonly zh: string; readonly en: string };
}

export interface ProblemDetails {
  readonly address?: string;
  readonly [placeholder: string]: string | number | undefined;
}

/** Builds a problem; `details` fills the `{placeholders}` of its text. Quoted values are cut at 60 characters. */
export function describeProblem(code: WorkbookProblemCode, details: ProblemDetails = {}): WorkbookProblem {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(details[name] ?? '').slice(0, 60));
  const text = { zh: fill(texts[code].zh), en: fill(texts[code].en) };
  return details.address === undefined ? { code, text } : { code, address: details.address, text };
}

/** Thrown when a whole file is refused. `problem` is safe to show to the person who sent the file. */
export class WorkbookError extends Error {
  readonly problem: WorkbookProblem;

  constructor(problem: WorkbookProblem, cause?: unknown) {
    super(`${problem.code}: ${problem.text.en}`, cause === undefined ? undefined : { cause });
    this.name = 'WorkbookError';
    this.problem = problem;
  }
}

/** Shorthand for an error to throw. */
export function refuse(code: WorkbookProblemCode, details: ProblemDetails = {}, cause?: unknown): WorkbookError {
  return new WorkbookError(describeProblem(code, details), cause);
}

/** Keeps our own refusals and wraps anything else a library throws into `code`. */
export function wrapFailure(failure: unknown, code: WorkbookProblemCode, details: ProblemDetails = {}): WorkbookError {
  return failure instanceof WorkbookError ? failure : refuse(code, details, failure);
}
