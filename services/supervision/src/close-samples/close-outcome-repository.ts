import { inOwnUnits, type Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import { overseesDivision, todayOf } from '../oversight-facts';

export interface OutcomeRow {
  /** `unit|asOf` as it was asked. */
  readonly key: string;
  readonly asOf: string;
  readonly watchDays: number;
  readonly watched: number;
  readonly repeated: number;
}

/** One name per question; without a day it is today. */
export const outcomeKey = (unitId: string, asOf: string | null | undefined): string => `${unitId}|${asOf ?? ''}`;

/**
 * Of the files of units that passed and whose watch is over, how many matters came again within it. For units of the viewer's
 * divisions and the viewer's own; in three statements, however many.
 */
export async function closeOutcomes(sql: Sql, viewer: Viewer, { keys, watchDaysIn }: { keys: readonly string[]; watchDaysIn: (divisionCode: string, on: string) => number }): Promise<OutcomeRow[]> {
  const [office, own] = [overseesDivision(viewer, 'u.division_code'), inOwnUnits(viewer, 'u.id')];
  const units = await selectIn<{ id: string; divisionCode: string }>(
    sql, `SELECT u.id, u.division_code AS divisionCode FROM known_units u WHERE u.id IN (?) AND (${office.sql} OR ${own.sql})`, keys.map((key) => key.split('|')[0] ?? ''), [...office.params, ...own.params],
  );
  const today = await todayOf(sql);
  const asked = keys.flatMap((key) => {
    const [unitId = '', day] = key.split('|');
    const unit = units.find((one) => one.id === unitId.toLowerCase());
    const asOf = day || today;
    return unit ? [{ key, unitId, asOf, watchDays: watchDaysIn(unit.divisionCode, asOf) }] : [];
  });
  if (asked.length === 0) return [];
  const rows = await select<{ i: number; watched: string; repeated: string | null }>(
    sql,
    asked.map((_one, i) => `SELECT ${i} AS i, COUNT(*) AS watched, SUM(EXISTS (SELECT 1 FROM back_trace_requests b
        WHERE b.close_review_id = r.id AND b.repeated_on <= r.decided_on + INTERVAL ? DAY)) AS repeated
      FROM close_reviews r WHERE r.submitted_unit_id = ? AND r.state = 'PASSED' AND r.decided_on + INTERVAL ? DAY <= ?`).join(' UNION ALL '),
    asked.flatMap((one) => [one.watchDays, one.unitId, one.watchDays, one.asOf]),
  );
  const byIndex = new Map(rows.map((row) => [Number(row.i), row]));
  return asked.map(({ key, asOf, watchDays }, i) => ({ key, asOf, watchDays, watched: Number(byIndex.get(i)?.watched ?? 0), repeated: Number(byIndex.get(i)?.repeated ?? 0) }));
}
