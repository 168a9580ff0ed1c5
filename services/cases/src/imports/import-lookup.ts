import type { ImportRun, RowProblem } from '@anjie/service-kit/imports';
import { select, type Sql } from '@anjie/service-kit/database';
import { divisionPrefix } from '@anjie/contracts';

/** What rows are checked against; read once per run. */
export interface ImportLookup {
  readonly today: string;
  readonly divisions: ReadonlySet<string>;
  /** The requester's reach. */
  readonly reach: string;
  /** By code and by name; a name that two open units bear is 'AMBIGUOUS'. */
  readonly units: ReadonlyMap<string, string>;
  /** By staff number and by name, the same way. */
  readonly officials: ReadonlyMap<string, string>;
}
export const AMBIGUOUS = 'AMBIGUOUS';

export async function prepareLookup(sql: Sql, run: ImportRun, today: string): Promise<ImportLookup> {
  const divisions = await select<{ code: string }>(sql, 'SELECT code FROM known_divisions WHERE valid_to IS NULL');
  const units = await select<{ id: string; code: string; name: string }>(sql, 'SELECT id, code, name FROM known_units WHERE valid_to IS NULL');
  const officials = await select<{ id: string; code: string; name: string }>(sql, 'SELECT id, staff_no AS code, name FROM known_officials WHERE valid_to IS NULL');
  const { divisionCode } = run.actor.viewer;
  return {
    today,
    divisions: new Set(divisions.map((row) => row.code)),
    reach: divisionCode ? divisionPrefix(divisionCode) : 'none',
    units: namesAndCodes(units),
    officials: namesAndCodes(officials),
  };
}

function namesAndCodes(rows: readonly { id: string; code: string; name: string }[]): Map<string, string> {
  const index = new Map<string, string>();
  for (const row of rows) index.set(row.name, index.has(row.name) ? AMBIGUOUS : row.id);
  for (const row of rows) index.set(row.code, row.id);
  return index;
}

export const problem = (key: string, code: string, words: { zh: string; en: string }): RowProblem => ({ key, code, ...words });

/** Id of what a cell names; null for an empty cell; otherwise why not. */
export function named(index: ReadonlyMap<string, string>, key: string, text: string | null): { id: string | null } | { problem: RowProblem } {
  if (!text) return { id: null };
  const id = index.get(text);
  if (id === AMBIGUOUS) return { problem: problem(key, 'AMBIGUOUS_NAME', { zh: '有同名者，请填写代码或工号', en: 'Several bear this name; give the code or staff number' }) };
  if (!id) return { problem: problem(key, 'UNKNOWN_NAME', { zh: '名录中没有', en: 'Not in the directory' }) };
  return { id };
}
