import type { WorkbookError } from '@anjie/workbook';

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

const failures = {
  FILE_NOT_FOUND: { zh: '文件不存在或已过期', en: 'The file does not exist or has expired' },
  FILE_CHANGED: { zh: '文件内容与校验时不一致', en: 'The content of the file is not what was checked' },
  KIND_UNKNOWN: { zh: '不支持的导入类型', en: 'This kind of import is not known' },
  HEADERS_MISSING: { zh: '缺少必填列：{list}', en: 'Required columns are missing: {list}' },
  HEADER_TWICE: { zh: '列“{list}”出现了两次', en: 'The column "{list}" appears twice' },
  NO_ROWS: { zh: '表头下没有数据行', en: 'There are no rows below the header' },
  REQUESTER_LEFT: { zh: '发起人已离岗、调动或被终止会话，导入停止；已导入的行不受影响，可由本单位有权人员继续', en: 'Whoever asked for this import left, moved or was signed out; rows that were imported stand, and somebody of the unit who may can go on' },
  ENGINE_FAULT: { zh: '系统内部错误，已导入的行不受影响，可重试', en: 'An internal fault; rows that were imported stand, and it can be tried again' },
} as const;

export type FailureCode = keyof typeof failures;

/** A whole run that cannot go on; its words are for the person who sent the file. */
export class ImportFailure extends Error {
  readonly code: string;
  readonly text: BilingualText;
  constructor(code: string, text: BilingualText) {
    super(code);
    this.name = 'ImportFailure';
    this.code = code;
    this.text = text;
  }
}

export const failure = (code: FailureCode, list: readonly string[] = []): ImportFailure => {
  const fill = (text: string) => text.replace('{list}', list.join('、'));
  return new ImportFailure(code, { zh: fill(failures[code].zh), en: fill(failures[code].en) });
};

/** A file without a header row has people in its "headers", so a header's text is not repeated. */
export function failureOfWorkbook({ problem }: WorkbookError): ImportFailure {
  if (problem.code !== 'DUPLICATE_HEADER') return new ImportFailure(problem.code, problem.text);
  const at = problem.address ?? '';
  return new ImportFailure(problem.code, { zh: `表头重复（${at}）`, en: `A header appears twice (${at})` });
}
