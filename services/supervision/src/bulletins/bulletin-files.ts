import { writeDocument, writeWorkbook, type CellInput, type DocumentBlock, type Sheet } from '@anjie/workbook';
import type { BulletinFormat } from '../generated/graphql';
import type { BulletinDocument, DocumentSection } from '../rules/bulletin-document';
import { bulletinHtml } from '../rules/bulletin-html';

export interface MadeFile {
  readonly content: Buffer;
  readonly mediaType: string;
  readonly extension: string;
}

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export async function bulletinFile(document: BulletinDocument, format: BulletinFormat): Promise<MadeFile> {
  switch (format) {
    case 'HTML':
      return { content: Buffer.from(bulletinHtml(document)), mediaType: 'text/html', extension: 'html' };
    case 'DOCX':
      return { content: await writeDocument(blocksOf(document)), mediaType: DOCUMENT, extension: 'docx' };
    case 'XLSX':
      return { content: await writeWorkbook({ buffer: true }, { sheets: sheetsOf(document) }), mediaType: WORKBOOK, extension: 'xlsx' };
  }
}

function blocksOf(document: BulletinDocument): DocumentBlock[] {
  const body = (texts: readonly string[]): DocumentBlock[] => texts.map((text) => ({ style: 'BODY', text }));
  const remark = (texts: readonly string[]): DocumentBlock[] => texts.map((text) => ({ style: 'REMARK', text }));
  return [
    { style: 'TITLE', text: document.title }, { style: 'SUBTITLE', text: document.subtitle }, { style: 'ADDRESSEE', text: document.addressee },
    ...body([document.opening]),
    ...document.sections.flatMap((section): DocumentBlock[] => [
      { style: 'HEADING', text: section.title }, ...body([...section.sentences, ...section.notes]), { header: section.header, rows: section.rows },
    ]),
    ...body(document.notes), ...remark(document.statements), ...remark(document.formulas.map(([name, formula]) => `${name}：${formula}`)),
    { style: 'SIGNATURE', text: document.signature }, { style: 'SIGNATURE', text: document.day },
  ];
}

/** ≤ 31 characters, none that a sheet's name may not have. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31).trim();

const cellOf = (text: string): CellInput => (/^\d{1,15}$/.test(text) ? { value: text, type: 'number' } : text);

const tableSheet = ({ title, header, rows }: DocumentSection): Sheet => ({
  name: sheetName(title), columns: header.map((name, i) => ({ header: name, type: 'text', width: i === 0 ? 32 : 18 })), rows: rows.map((cells) => cells.map(cellOf)),
});

function sheetsOf(document: BulletinDocument): Sheet[] {
  const isChinese = document.language === 'zh';
  const lines: CellInput[][] = [
    [document.title, document.subtitle], [isChinese ? '主送' : 'To', document.addressee], ['', document.opening],
    ...document.sections.flatMap((section) => [...section.sentences, ...section.notes].map((text, i) => [i === 0 ? section.title : '', text])),
    ...document.notes.map((text) => ['', text]), ...document.statements.map((text) => [isChinese ? '说明' : 'Note', text]),
    ...document.formulas.map(([name, formula]) => [name, formula]), [document.signature, document.day],
  ];
  const words: Sheet = { name: isChinese ? '正文' : 'Text', columns: [{ header: isChinese ? '项目' : 'Item', type: 'text', width: 32 }, { header: isChinese ? '内容' : 'Content', type: 'text', width: 100 }], rows: lines };
  return [words, ...document.sections.map(tableSheet)];
}
