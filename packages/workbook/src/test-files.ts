import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { WorkbookError } from './problem';

/** A temporary folder for one test file; `put` writes a file into it and returns its path. */
export async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'anjie-workbook-'));
  let count = 0;
  const path = (name = 'file') => join(folder, `${++count}-${name}`);
  return {
    path,
    put: async (content: Buffer | string, name?: string) => {
      const file = path(name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as Readable) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** The parts of a small hand-made workbook; `sheet` is what stands inside <sheetData>. Style 1 is a date, 2 a zh-CN date. */
export function handMade(sheet: string, extra: { workbookPr?: string; texts?: string } = {}): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types xmlns="x"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${rel}">${extra.workbookPr ?? ''}<sheets><sheet name="隐藏" sheetId="2" state="hidden" r:id="r2"/><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${rel}/worksheet" Target="/xl/worksheets/sheet1.xml"/>`
      + `<Relationship Id="r2" Type="${rel}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="${rel}/styles" Target="styles.xml"/>`
      + `<Relationship Id="r4" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="180" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts>`
      + '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst ${main}>${extra.texts ?? '<si><t>共享</t></si>'}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData>${inlineRow(1, ['别处'])}${inlineRow(2, ['x'])}</sheetData></worksheet>`,
  };
}

export function inlineRow(row: number, texts: readonly string[]): string {
  const cells = texts.map((text, index) => `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`);
  return `<row r="${row}">${cells.join('')}</row>`;
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** The problem with which reading (or writing) is refused; 'accepted' when it is not. */
export async function refusalOf(work: AsyncIterable<unknown> | Promise<unknown>): Promise<{ code: string; address?: string }> {
  try {
    await (work instanceof Promise ? work : all(work));
    return { code: 'accepted' };
  } catch (failure) {
    if (failure instanceof WorkbookError) return failure.problem;
    throw failure;
  }
}
