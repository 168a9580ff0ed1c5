import { divisions } from './divisions';
import type { GraphClient } from './graph-client';
import type { Tell } from './tell';
import { officials } from './officials';
import { units } from './units';

/** Rows of one call, as the directory accepts them. */
const ROWS_AT_ONCE = 500;

const BATCHES = [
  { field: 'putDivisions', inputType: 'PutDivisionsInput', what: 'divisions', rows: divisions },
  { field: 'putUnits', inputType: 'PutUnitsInput', what: 'units', rows: units },
  { field: 'putOfficials', inputType: 'PutOfficialsInput', what: 'officials', rows: officials },
] as const;

export const DIRECTORY_STEPS = BATCHES.length;

/** 名录: divisions, then units, then people in office. */
export async function loadDirectory(client: GraphClient, tell: Tell): Promise<void> {
  for (const { field, inputType, what, rows } of BATCHES) {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await client.change('admin', {
        field, inputType, refusalType: 'DirectoryRefusal', payload: 'PutDirectoryPayload { created }', about: `putting ${what}`,
        input: { rows: rows.slice(start, start + ROWS_AT_ONCE) },
      });
    }
    tell(`${rows.length} ${what}`);
  }
}
