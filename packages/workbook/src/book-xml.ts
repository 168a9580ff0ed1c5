import type { ColumnType } from './book';
import { escapeText, mainNamespace, xmlHead } from './xml-text';

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const styleOrder = ['header', 'text', 'number', 'date', 'boolean'] as const;
/** 49 is Excel's text format, 0 its general one, 164 is defined in `stylesXml` */
const formatIds = { header: 49, text: 49, number: 0, date: 164, boolean: 0 } as const;

/** Index of a cell style in `stylesXml`; faulty cells have a red fill. */
export function styleIndex(type: ColumnType | 'header', isFaulty: boolean): number {
  return 1 + styleOrder.indexOf(type) * 2 + (isFaulty ? 1 : 0);
}

export function stylesXml(): string {
  const styles = styleOrder.flatMap((type) => [false, true].map((isFaulty) => {
    const fill = isFaulty ? 3 : type === 'header' ? 2 : 0;
    const font = type === 'header' ? 1 : 0;
    const wrap = '<alignment vertical="top" wrapText="1"/>';
    return `<xf numFmtId="${formatIds[type]}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">${wrap}</xf>`;
  }));
  const solid = (colour: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
  const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="宋体"/></font>`;
  return `${xmlHead}<styleSheet xmlns="${mainNamespace}">`
    + '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    + `<fonts count="2">${font('')}${font('<b/>')}</fonts>`
    + `<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('FFE7E6E6')}${solid('FFFFC7CE')}</fills>`
    + '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    + `<cellXfs count="${styles.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${styles.join('')}</cellXfs>`
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
}

export interface SheetListing { readonly name: string; readonly isHidden: boolean }

/** The parts of the package that do not depend on any row, by archive name. */
export function packageParts(sheets: readonly SheetListing[]): ReadonlyMap<string, string> {
  return new Map([
    ['[Content_Types].xml', contentTypesXml(sheets.length)],
    ['_rels/.rels', `${xmlHead}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', workbookXml(sheets)],
    ['xl/_rels/workbook.xml.rels', workbookLinksXml(sheets.length)],
    ['xl/styles.xml', stylesXml()],
  ]);
}

function contentTypesXml(sheetCount: number): string {
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${spreadsheetType}.worksheet+xml"/>`);
  return `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheetType}.sheet.main+xml"/>`
    + `<Override PartName="/xl/styles.xml" ContentType="${spreadsheetType}.styles+xml"/>${sheets.join('')}</Types>`;
}

function workbookXml(sheets: readonly SheetListing[]): string {
  const list = sheets.map((sheet, index) =>
    `<sheet name="${escapeText(sheet.name)}" sheetId="${index + 1}"${sheet.isHidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`);
  return `${xmlHead}<workbook xmlns="${mainNamespace}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets></workbook>`;
}

function workbookLinksXml(sheetCount: number): string {
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
  return `${xmlHead}<Relationships xmlns="${packageRelations}">${sheets.join('')}`
    + `<Relationship Id="rId${sheetCount + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`;
}
