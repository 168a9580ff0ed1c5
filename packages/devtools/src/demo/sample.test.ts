import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRows, writeCsv } from '@anjie/workbook';
import { openCampaign } from './campaigns';
import { checkMark } from './citizens';
import { divisions } from './divisions';
import { ledgerCells, ledgerColumns } from './ledger-book';
import { SAMPLE, sampleRows } from './sample';

const SAMPLES = join(__dirname, '../../../../docs/samples');
const rows = sampleRows();

test('the sample has 95 rows of which 90 are good: 3 with one fault each, 2 that repeat an earlier number', () => {
  expect(rows).toHaveLength(SAMPLE.rows);
  const seen = new Set<string>();
  const repeated = rows.filter(({ sourceNumber }) => seen.has(sourceNumber) || !seen.add(sourceNumber));
  const badIds = rows.filter(({ idNumber }) => idNumber !== null && idNumber.slice(17) !== checkMark(idNumber.slice(0, 17)));
  const badPlaces = rows.filter(({ divisionCode }) => !divisions.some(({ code }) => code === divisionCode));
  const badDates = rows.filter((row) => row.enteredOn < row.registeredOn);
  expect([badIds, badPlaces, badDates, repeated].map((list) => list.length)).toEqual([1, 1, 1, SAMPLE.repeated]);
  expect(new Set([...badIds, ...badPlaces, ...badDates, ...repeated]).size).toBe(SAMPLE.rows - SAMPLE.good);
});

test('all registrations lie in the open campaign’s cohort, and limits and resolutions do not lie before the entry', () => {
  for (const row of rows) {
    expect(row.registeredOn >= openCampaign.cohortFrom && row.registeredOn <= openCampaign.cohortTo).toBe(true);
    expect((row.limitOn ?? '9999') >= row.enteredOn && (row.resolvedOn ?? '9999') >= row.enteredOn && (row.resolvedOn ?? '') < '2022-09-27').toBe(true);
  }
});

test('the files in docs/samples are what the generator makes', async () => {
  const csv = await writeCsv({ buffer: true }, { columns: ledgerColumns, rows: ledgerCells(rows) });
  expect(readFileSync(join(SAMPLES, 'ledger-sample.csv'), 'utf8')).toBe(csv.toString('utf8'));
  let count = 0;
  for await (const row of openRows({ path: join(SAMPLES, 'ledger-sample.xlsx') })) {
    const [cells] = ledgerCells(rows.slice(count, count + 1));
    expect(ledgerColumns.map(({ header }) => row.cells[header]?.text ?? '')).toEqual(cells?.map((cell) => String(cell ?? '')));
    count += 1;
  }
  expect(count).toBe(SAMPLE.rows);
});
