import { divisionPrefix, isInDivision } from '@anjie/contracts';
import type { Mark } from './report-facts';
import { NOTHING_COUNTED, type Counted, type FigureCode } from './report-figures';

export interface NamedDivision {
  readonly code: string;
  readonly name: string;
}
export interface NamedUnit {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly divisionCode: string;
}

/** A line of a report. The rows of a division's subtree follow it up to `lastOrdinal`. */
export interface ReportRow {
  readonly ordinal: number;
  readonly lastOrdinal: number;
  readonly divisionCode: string;
  /** Null for the line of a division itself, which is the sum of its subtree. */
  readonly unitId: string | null;
  readonly unitCode: string;
  readonly name: string;
}

/**
 * The fixed order: division code, then unit code; a division's line before its units. Counties and above stand always, zero or not,
 * a township or village only when it has a unit. The first line is the sum of all.
 */
export function reportRows(root: string, { divisions, units }: { divisions: readonly NamedDivision[]; units: readonly NamedUnit[] }): ReportRow[] {
  const inside = units.filter((unit) => isInDivision(unit.divisionCode, root));
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  const withUnits = new Set(inside.map((unit) => unit.divisionCode));
  const codes = new Set([root, ...withUnits, ...divisions.map(({ code }) => code).filter((code) => isInDivision(code, root) && (code.length <= 6 || withUnits.has(code)))]);
  const lines = [
    ...[...codes].map((code) => ({ divisionCode: code, unitId: null, unitCode: '', name: names.get(code) ?? code })),
    ...inside.map((unit) => ({ divisionCode: unit.divisionCode, unitId: unit.id, unitCode: unit.code, name: unit.name })),
  ].toSorted((a, b) => compare(a.divisionCode, b.divisionCode) || compare(a.unitCode, b.unitCode));
  return lines.map((line, ordinal) => ({ ...line, ordinal, lastOrdinal: line.unitId === null ? lastInside(lines, line.divisionCode, ordinal) : ordinal }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Codes below a division follow it without a gap, because every one begins with its prefix. */
function lastInside(lines: readonly { readonly divisionCode: string }[], code: string, ordinal: number): number {
  const prefix = divisionPrefix(code);
  const next = lines.findIndex((line, i) => i > ordinal && !line.divisionCode.startsWith(prefix));
  return next < 0 ? lines.length - 1 : next - 1;
}

/** The line that a mark belongs to: its unit's, else that of the nearest division; nothing outside the report. */
export function rowFinder(rows: readonly ReportRow[]): (mark: Pick<Mark, 'unitId' | 'divisionCode'>) => number | undefined {
  const byUnit = new Map(rows.filter((row) => row.unitId !== null).map((row) => [row.unitId, row.ordinal]));
  const byDivision = new Map(rows.filter((row) => row.unitId === null).map((row) => [row.divisionCode, row.ordinal]));
  return ({ unitId, divisionCode }) => {
    const own = unitId === null ? undefined : byUnit.get(unitId);
    if (own !== undefined) return own;
    return linesAbove(divisionCode).map((code) => byDivision.get(code)).find((ordinal) => ordinal !== undefined);
  };
}

const linesAbove = (code: string): string[] => {
  const prefix = divisionPrefix(code);
  return [12, 9, 6, 4, 2].filter((length) => length <= prefix.length).map((length) => prefix.slice(0, length).padEnd(6, '0'));
};

export interface Cell extends Counted {
  readonly ordinal: number;
  readonly figure: FigureCode;
}

export const cellKey = (ordinal: number, figure: FigureCode): string => `${ordinal}|${figure}`;

/** What each line shows; a division's line is the sum of its subtree. Cells that are zero are left out. */
export function tally(rows: readonly ReportRow[], placed: readonly { readonly ordinal: number; readonly mark: Mark }[]): Map<string, Cell> {
  const own = new Map<FigureCode, Counted[]>();
  for (const { ordinal, mark } of placed) {
    const column = own.get(mark.figure) ?? rows.map(() => NOTHING_COUNTED);
    const cell = column[ordinal] ?? NOTHING_COUNTED;
    column[ordinal] = mark.side === 'VALUE' ? { ...cell, value: cell.value + 1 } : { ...cell, base: cell.base + 1 };
    own.set(mark.figure, column);
  }
  const cells = new Map<string, Cell>();
  for (const [figure, column] of own) {
    for (const { ordinal, lastOrdinal } of rows) {
      const sum = column.slice(ordinal, lastOrdinal + 1).reduce((a, b) => ({ value: a.value + b.value, base: a.base + b.base }), NOTHING_COUNTED);
      if (sum.value + sum.base > 0) cells.set(cellKey(ordinal, figure), { ordinal, figure, ...sum });
    }
  }
  return cells;
}

/** For each line itself and the lines of the divisions around it. */
export const linesAround = (rows: readonly ReportRow[]): readonly (readonly number[])[] => {
  const around: number[][] = rows.map(() => []);
  for (const { ordinal, lastOrdinal } of rows) for (let inside = ordinal; inside <= lastOrdinal; inside += 1) around[inside]?.push(ordinal);
  return around;
};
