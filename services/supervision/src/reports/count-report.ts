import type { Sql } from '@anjie/service-kit/database';
import type { Mark } from '../rules/report-facts';
import { reportRows, rowFinder, tally, type Cell, type ReportRow } from '../rules/report-rows';
import { marksOf, placesOf, type ReportScope } from './fact-repository';

export interface CountedReport {
  readonly rows: readonly ReportRow[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly placed: readonly { readonly ordinal: number; readonly mark: Mark }[];
}

/** Counts a scope line by line; what lies outside its lines is not counted. */
export async function countReport(sql: Sql, scope: ReportScope): Promise<CountedReport> {
  const rows = reportRows(scope.divisionCode, await placesOf(sql, scope.divisionCode));
  const lineOf = rowFinder(rows);
  const placed = (await marksOf(sql, scope)).flatMap((mark) => {
    const ordinal = lineOf(mark);
    return ordinal === undefined ? [] : [{ ordinal, mark }];
  });
  return { rows, placed, cells: tally(rows, placed) };
}
