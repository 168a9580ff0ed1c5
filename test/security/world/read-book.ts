import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRows } from '@anjie/workbook';

/** The text of every cell of a workbook, a line for each row. */
export async function bookText(book: Buffer): Promise<string> {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'book-'));
  try {
    const path = join(folder, 'book.xlsx');
    writeFileSync(path, book);
    const lines: string[] = [];
    for await (const row of openRows({ path }, { limits: { columns: 200 } })) lines.push(Object.values(row.cells).map(({ text }) => text).join(' | '));
    return lines.join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
