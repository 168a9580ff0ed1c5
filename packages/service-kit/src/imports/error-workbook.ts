import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { errorBook, writeWorkbook, type Cell, type FaultyRow, type Row } from '@anjie/workbook';
import { idFromName, newId, type Sql } from '../database';
import type { FileStorage, NewFile } from '../files';
import type { AnyImportDefinition } from './definition';
import { matchHeaders } from './headers';
import { maskCell } from './mask';
import { problemsInOrder } from './problem-repository';
import { rowsOf } from './row-source';
import type { ClaimedRun } from './run-repository';

/** Hours that an error workbook can be fetched. */
const KEPT_HOURS = 24;
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const ERROR_PURPOSE = 'IMPORT_ERRORS';

export interface ErrorReport {
  readonly sql: Sql;
  readonly storage: FileStorage;
  readonly run: ClaimedRun;
  readonly definition: AnyImportDefinition;
  readonly path: string;
}

/** Writes the rows with problems, masked, into the storage; undefined when there are none. The caller inserts the row. */
export async function writeErrorWorkbook(report: ErrorReport): Promise<NewFile | undefined> {
  const { run, definition, storage } = report;
  let count = 0;
  async function* counted() {
    for await (const row of faultyRows(report)) {
      count += 1;
      yield row;
    }
  }
  const headers = definition.columns.map((column) => column.header);
  const content = await writeWorkbook({ buffer: true }, errorBook({ sheet: definition.sheet ?? '错误行', headers, rows: counted() }));
  if (count === 0) return undefined;
  // a name of the run's own: a worker that is killed here leaves nothing that its successor does not overwrite
  const storageKey = idFromName('import-errors', `${run.id}:${run.isDryRun}`);
  await storage.put(storageKey, Readable.from([content]));
  return {
    id: newId(), purpose: ERROR_PURPOSE, name: `导入问题-${run.id.slice(0, 8)}.xlsx`, mediaType: MEDIA_TYPE, size: content.length,
    sha256: createHash('sha256').update(content).digest(), storageKey, owner: run.actor.viewer, expireAfterHours: KEPT_HOURS,
  };
}

/** Walks file and problems side by side; both are in the order of the rows. */
async function* faultyRows({ sql, run, definition, path }: ErrorReport): AsyncGenerator<FaultyRow> {
  const groups = problemsInOrder(sql, run.id);
  let group = await groups.next();
  const language = run.actor.viewer.locale === 'en' ? 'en' : 'zh';
  for await (const row of rowsOf(path, definition)) {
    while (!group.done && group.value.rowNumber < row.rowNumber) group = await groups.next();
    if (group.done) return;
    if (group.value.rowNumber !== row.rowNumber) continue;
    const faults = group.value.problems.map((problem) => ({
      ...(problem.header === null ? {} : { header: problem.header }),
      message: `${problem.address ?? row.rowNumber}: ${problem[language]}`,
    }));
    yield { row: maskedRow(row, definition), faults };
  }
}

/** The row in the columns of the template, with what tells who somebody is made unreadable. */
function maskedRow(row: Row, definition: AnyImportDefinition): Row {
  const { byKey } = matchHeaders(row, definition.columns);
  const cells: Record<string, Cell> = {};
  for (const column of definition.columns) {
    const cell = row.cells[byKey.get(column.key) ?? ''];
    if (!cell || column.dropped) continue;
    cells[column.header] = column.sensitive && cell.kind !== 'EMPTY' ? { kind: 'TEXT', text: maskCell(cell.text, column.sensitive) } : cell;
  }
  return { ...row, headers: definition.columns.map((column) => column.header), cells };
}
