import { posix } from 'node:path';
import { isDateFormat } from './dates';
import { refuse } from './problem';
import { scanWholeXml } from './xml-scan';
import type { ZipArchive } from './zip-archive';

/** Where the wanted sheet and its companions lie inside the archive. */
export interface WorkbookParts {
  readonly sheet: string;
  readonly texts?: string;
  readonly styles?: string;
  readonly is1904: boolean;
}

interface Link { readonly type: string; readonly target: string }
interface SheetEntry { readonly name: string; readonly relation: string; readonly hidden: boolean }

/** Macro-enabled workbooks, old macro sheets included. Throws MACROS_REFUSED. */
export async function refuseMacros(archive: ZipArchive): Promise<void> {
  if (archive.names.some((name) => /(?:^|\/)(?:vbaProject[^/]*\.bin$|macrosheets\/)/i.test(name))) throw refuse('MACROS_REFUSED');
  if (!archive.has('[Content_Types].xml')) throw refuse('UNSUPPORTED_FORMAT');
  await scanWholeXml(archive.read('[Content_Types].xml'), {
    open: (_name, attributes) => {
      if (/macroEnabled|vbaProject/i.test(attributes['ContentType'] ?? '')) throw refuse('MACROS_REFUSED');
    },
  });
}

/**
 * Finds the sheet called `wanted`, or the first visible worksheet. Throws SHEET_MISSING, UNSUPPORTED_FORMAT
 * (a zip that is no workbook) and MALFORMED_XLSX.
 */
export async function findParts(archive: ZipArchive, wanted: string | undefined): Promise<WorkbookParts> {
  const book = await findWorkbook(archive);
  const { sheets, is1904 } = await readWorkbook(archive, book);
  const links = await readLinks(archive, book);
  const isWorksheet = (sheet: SheetEntry) => links.get(sheet.relation)?.type === 'worksheet';
  const chosen = wanted === undefined
    ? sheets.find((sheet) => isWorksheet(sheet) && !sheet.hidden) ?? sheets.find(isWorksheet)
    : sheets.find((sheet) => isWorksheet(sheet) && sheet.name === wanted);
  const target = chosen && links.get(chosen.relation)?.target;
  if (target === undefined) throw refuse('SHEET_MISSING', { sheet: wanted ?? '' });
  const companion = (type: string) => [...links.values()].find((link) => link.type === type && archive.has(link.target))?.target;
  return { sheet: target, texts: companion('sharedStrings'), styles: companion('styles'), is1904 };
}

async function findWorkbook(archive: ZipArchive): Promise<string> {
  const links = await readLinks(archive, '');
  const main = [...links.values()].find((link) => link.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!archive.has(main) || !main.endsWith('.xml') || !main.startsWith('xl/')) throw refuse('UNSUPPORTED_FORMAT');
  return main;
}

async function readWorkbook(archive: ZipArchive, book: string): Promise<{ sheets: SheetEntry[]; is1904: boolean }> {
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  await scanWholeXml(archive.read(book), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      sheets.push({ name: attributes['name'] ?? '', relation, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    },
  });
  return { sheets, is1904 };
}

/** The relations of a part ('' for the package), by id; targets are resolved to archive names. */
async function readLinks(archive: ZipArchive, part: string): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  const folder = part === '' ? '' : posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!archive.has(file)) return links;
  await scanWholeXml(archive.read(file), {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const target = posix.resolve('/', folder, attributes['Target'] ?? '').slice(1);
      links.set(attributes['Id'] ?? '', { type: posix.basename(attributes['Type'] ?? ''), target });
    },
  });
  return links;
}

/** For every cell style (the `s` of a cell): is its number a date? */
export async function readDateStyles(archive: ZipArchive, part: string | undefined): Promise<readonly boolean[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  if (part === undefined) return [];
  await scanWholeXml(archive.read(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) formats.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (name) => { if (name === 'cellXfs') inCellFormats = false; },
  });
  return formats.map((id) => isDateFormat(id, codes.get(id)));
}
