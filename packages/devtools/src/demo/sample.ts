import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCsv, writeWorkbook } from '@anjie/workbook';
import { COUNTIES, DISTRICT } from './divisions';
import { dayAfter } from './days';
import { ledgerBook, ledgerCells, ledgerColumns } from './ledger-book';
import { inventRows, type LedgerRow } from './ledger-rows';
import { dayBetween, type Span } from './ledger-spans';
import { createRandom } from './random';

/** What the sample's report is to say. */
export const SAMPLE = { rows: 95, good: 90, faulty: 3, repeated: 2 } as const;
/** Places of the flawed rows, counted from 0. */
const BAD_ID = 17;
const BAD_DIVISION = 46;
const BAD_DATES = 71;
/** A row that stands in the list twice: its place, and that of its first. */
const COPIES: readonly (readonly [number, number])[] = [[38, 11], [83, 29]];

const NO_SUCH_TOWNSHIP = '640104999';

/** 95 rows for the open campaign: 90 good ones, 3 with one fault each, 2 that repeat an earlier 信访件编号. */
export function sampleRows(): LedgerRow[] {
  const random = createRandom('sample/spans');
  const spans = Array.from({ length: SAMPLE.rows - COPIES.length }, (_unused, i): Span => {
    const enteredOn = dayBetween('2022-07-01', '2022-09-09', random);
    return {
      registeredOn: dayBetween('2022-01-05', '2022-06-29', random), enteredOn, limitOn: dayBetween('2022-10-31', '2022-12-31', random),
      resolvedOn: i % 8 === 0 ? dayAfter(enteredOn, random.int(5, 15)) : null,
    };
  });
  const rows = inventRows({ countyCode: DISTRICT, seed: 'sample', firstSerial: COUNTIES.length * 200, spans }).map(flawed);
  for (const [at, first] of COPIES) {
    const copy = rows[first];
    if (copy) rows.splice(at, 0, copy);
  }
  return rows;
}

function flawed(row: LedgerRow, index: number): LedgerRow {
  if (index === BAD_ID) return { ...row, idNumber: '640099197003120002' };
  if (index === BAD_DIVISION) return { ...row, divisionCode: NO_SUCH_TOWNSHIP };
  if (index === BAD_DATES) return { ...row, enteredOn: dayAfter(row.registeredOn, -20), resolvedOn: null };
  return row;
}

/** Writes ledger-sample.xlsx and its .csv twin. */
export async function writeSamples(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const rows = sampleRows();
  await writeWorkbook({ path: join(dir, 'ledger-sample.xlsx') }, ledgerBook(rows));
  await writeFile(join(dir, 'ledger-sample.csv'), await writeCsv({ buffer: true }, { columns: ledgerColumns, rows: ledgerCells(rows) }));
}
