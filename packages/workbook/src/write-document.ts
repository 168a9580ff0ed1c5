import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { deliver } from './deliver';

/** How a paragraph stands on the page: 公文 in the sizes of GB/T 9704. */
export type ParagraphStyle = 'TITLE' | 'SUBTITLE' | 'ADDRESSEE' | 'HEADING' | 'BODY' | 'SIGNATURE' | 'REMARK';

export interface Paragraph {
  readonly style: ParagraphStyle;
  readonly text: string;
}

export interface DocumentTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type DocumentBlock = Paragraph | DocumentTable;

interface Look {
  readonly font: string;
  /** Half points. */
  readonly size: number;
  readonly align?: 'center' | 'right';
  readonly isIndented?: true;
}

const LOOKS: Readonly<Record<ParagraphStyle, Look>> = {
  TITLE: { font: '方正小标宋简体', size: 44, align: 'center' },
  SUBTITLE: { font: '楷体', size: 32, align: 'center' },
  ADDRESSEE: { font: '仿宋', size: 32 },
  HEADING: { font: '黑体', size: 32, isIndented: true },
  BODY: { font: '仿宋', size: 32, isIndented: true },
  SIGNATURE: { font: '仿宋', size: 32, align: 'right' },
  REMARK: { font: '仿宋', size: 21, isIndented: true },
};
const CELL: Look = { font: '仿宋', size: 21 };
const HEAD_CELL: Look = { font: '黑体', size: 21, align: 'center' };

const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Writes a .docx file of paragraphs and tables on A4 pages; nothing in it refers to anything outside. The same blocks give the same bytes. */
export async function writeDocument(blocks: readonly DocumentBlock[]): Promise<Buffer> {
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`],
    ['_rels/.rels', `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`],
    ['word/document.xml', documentXml(blocks)],
  ];
  const zip = new ZipFile();
  for (const [name, xml] of parts) zip.addBuffer(Buffer.from(xml), name, { mtime: new Date(Date.UTC(2000, 0, 1)) });
  zip.end();
  return (await deliver(zip.outputStream as Readable, { buffer: true })) ?? Buffer.alloc(0);
}

/** A4 with the margins of GB/T 9704, in twentieths of a point. */
const PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>';

const documentXml = (blocks: readonly DocumentBlock[]): string =>
  `${HEAD}<w:document xmlns:w="${NAMESPACE}"><w:body>${blocks.map((block) => ('style' in block ? paragraphXml(block.text, LOOKS[block.style]) : tableXml(block))).join('')}${PAGE}</w:body></w:document>`;

function paragraphXml(text: string, { font, size, align, isIndented }: Look): string {
  const indent = isIndented ? '<w:ind w:firstLineChars="200" w:firstLine="640"/>' : '';
  const place = align ? `<w:jc w:val="${align}"/>` : '';
  const run = `<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}"/><w:sz w:val="${size}"/></w:rPr>`;
  return `<w:p><w:pPr>${indent}${place}</w:pPr>${text.split('\n').map((line, i) => `<w:r>${run}${i > 0 ? '<w:br/>' : ''}<w:t xml:space="preserve">${escapeWord(line)}</w:t></w:r>`).join('')}</w:p>`;
}

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('');

function tableXml({ header, rows }: DocumentTable): string {
  const grid = header.map(() => `<w:gridCol w:w="${Math.floor(8844 / Math.max(1, header.length))}"/>`).join('');
  const row = (cells: readonly string[], look: Look, isHead: boolean): string =>
    `<w:tr>${isHead ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((text) => `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraphXml(text, look)}</w:tc>`).join('')}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${row(header, HEAD_CELL, true)}${rows.map((cells) => row(cells, CELL, false)).join('')}</w:tbl>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters have no form in WordprocessingML and are left out. */
const escapeWord = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/[^\P{Cc}\t]|[\uFFFE\uFFFF]/gu, '').replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);
