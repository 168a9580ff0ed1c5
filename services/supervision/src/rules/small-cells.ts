import { isRate, LINKED_FIGURES, RATE_PARTS, type FigureCode } from './report-figures';
import { cellKey, type Cell, type ReportRow } from './report-rows';

/** Fewer than this could point at people; zero points at nobody. */
export const LEAST_SHOWN = 5;

export const isSmall = (count: number): boolean => count > 0 && count < LEAST_SHOWN;

interface Term {
  readonly key: string;
  readonly count: number;
  /** Has no line of its own: nobody reads it, it can only be worked out. */
  readonly isUnlisted?: true;
}
type Cells = ReadonlyMap<string, Cell>;

/**
 * Keys of cells that a reader without the cases does not see: each count of 1 to 4, and as many others as it takes that none of them
 * can be worked out from what is shown (a total less its parts, a stock less its flows, a rate and its counts). Only a zero is always shown.
 */
export function hiddenCells(rows: readonly ReportRow[], cells: Cells): ReadonlySet<string> {
  const figures = [...new Set([...cells.values()].map(({ figure }) => figure))];
  const sums = [...figures.flatMap((figure) => totalsOf(rows, cells, figure)), ...linkedOf(rows, cells)];
  const hidden = new Set([...cells.values()].filter(isTelling).map((cell) => cellKey(cell.ordinal, cell.figure)));
  for (const { key } of sums.flat().filter(({ count, isUnlisted }) => isUnlisted && count > 0)) hidden.add(key);
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const terms of sums) hideOneMore(terms, hidden);
    for (const cell of cells.values()) if (hasHiddenPart(cell, hidden)) hidden.add(cellKey(cell.ordinal, cell.figure));
  }
  return hidden;
}

/** The fraction behind a rate, and what is left of it, are counts too. */
const isTelling = ({ figure, value, base }: Cell): boolean => isSmall(value) || (isRate(figure) && (isSmall(base - value) || isSmall(base)));

const hasHiddenPart = ({ ordinal, figure }: Cell, hidden: ReadonlySet<string>): boolean => (RATE_PARTS[figure] ?? []).some((part) => hidden.has(cellKey(ordinal, part)));

/** Where one term alone is hidden it is the others' difference: the smallest other that is not zero is hidden with it. */
function hideOneMore(terms: readonly Term[], hidden: Set<string>): void {
  const present = terms.filter(({ count }) => count > 0);
  const [only, ...more] = present.filter(({ key }) => hidden.has(key));
  if (!only || more.length > 0 || (only.isUnlisted && !isSmall(only.count))) return;
  const [next] = present.filter(({ key }) => !hidden.has(key)).toSorted((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
  if (next) hidden.add(next.key);
}

function termOf(cells: Cells, ordinal: number, figure: FigureCode): Term {
  const cell = cells.get(cellKey(ordinal, figure));
  return { key: cellKey(ordinal, figure), count: (isRate(figure) ? cell?.base : cell?.value) ?? 0 };
}

/** A division's line is the sum of the lines right below it and of what stands at the division itself. */
function totalsOf(rows: readonly ReportRow[], cells: Cells, figure: FigureCode): Term[][] {
  return rows.filter((row) => row.unitId === null).map((row) => {
    const whole = termOf(cells, row.ordinal, figure);
    const parts = rightBelow(rows, row).map(({ ordinal }) => termOf(cells, ordinal, figure));
    const rest = whole.count - parts.reduce((sum, { count }) => sum + count, 0);
    return [whole, ...parts, { key: `rest|${whole.key}`, count: rest, isUnlisted: true }];
  });
}

function rightBelow(rows: readonly ReportRow[], { ordinal, lastOrdinal }: ReportRow): ReportRow[] {
  const below: ReportRow[] = [];
  for (let next = ordinal + 1; next <= lastOrdinal; ) {
    const row = rows[next];
    if (!row) break;
    below.push(row);
    next = row.lastOrdinal + 1;
  }
  return below;
}

const linkedOf = (rows: readonly ReportRow[], cells: Cells): Term[][] =>
  rows.flatMap(({ ordinal }) => LINKED_FIGURES.map((figures) => figures.map((figure) => termOf(cells, ordinal, figure))));
