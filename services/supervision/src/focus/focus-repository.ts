import { inOwnUnits, type SqlPredicate, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { inOfficeDivision, placeOfUnit } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { FocusManagementFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { UnitFigures } from '../rules/listings';

export interface FocusRow extends UnitFigures {
  readonly id: string;
  readonly unitId: string;
  readonly officeUnitId: string;
  readonly officeDivisionCode: string;
  readonly begunById: string;
  readonly begunOn: string;
  readonly untilOn: string;
  readonly reason: string;
  /** 0 or 1 */
  readonly isInForce: number;
  readonly endedOn: string | null;
  readonly endedById: string | null;
  readonly endReason: string | null;
  readonly version: number;
}

const IN_FORCE = `(f.ended_on IS NULL AND f.until_on >= DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR))`;
const COLUMNS = `f.id, f.unit_id AS unitId, f.office_unit_id AS officeUnitId,
  ${placeOfUnit('f.office_unit_id', 'f.division_code')} AS officeDivisionCode, f.begun_by AS begunById, f.begun_on AS begunOn, f.until_on AS untilOn, f.reason,
  f.overdue_obligations AS overdueObligations, f.letters_without_progress AS lettersWithoutProgress, f.open_listings AS openListings, ${IN_FORCE} AS isInForce,
  f.ended_on AS endedOn, f.ended_by AS endedById, f.end_reason AS endReason, f.version`;
const FROM = 'focus_managements f';

/** The unit itself and those above it, and the joint office of its division. */
function seesFocus(viewer: Viewer): SqlPredicate {
  const own = inOwnUnits(viewer, 'f.unit_id');
  const office = inOfficeDivision(viewer, 'f.unit_id', 'f.division_code');
  return { sql: `(${own.sql} OR ${office.sql})`, params: [...own.params, ...office.params] };
}

export const visibleFocus = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<FocusRow[]> => {
  const seen = seesFocus(viewer);
  return selectIn<FocusRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE f.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const focusList = (viewer: Viewer, filter: FocusManagementFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([seesFocus(viewer), ...byId('f.unit_id', filter?.unitId), ...(filter?.inForceOnly ? [{ sql: IN_FORCE, params: [] }] : [])]),
  sort: [{ column: 'f.begun_on', descending: true }, { column: 'f.id' }],
});

export const focusUnderUnit = (viewer: Viewer): ParentList => ({ ...focusList(viewer, null), parent: 'f.unit_id' });

export const isFocused = async (sql: Sql, unitId: string): Promise<boolean> => (await select(sql, `SELECT 1 FROM ${FROM} WHERE f.unit_id = ? AND ${IN_FORCE}`, [unitId])).length > 0;

/** What the unit's own work says today. */
export async function figuresOfUnit(sql: Sql, unitId: string, today: string): Promise<UnitFigures> {
  const [row] = await select<Record<keyof UnitFigures, string>>(
    sql,
    `SELECT (SELECT COUNT(*) FROM obligations o WHERE o.obligor_unit_id = ? AND o.state = 'OPEN' AND o.overdue_at IS NOT NULL) AS overdueObligations,
            (SELECT COUNT(*) FROM supervision_letters l WHERE l.about_unit_id = ? AND l.issued_on IS NOT NULL
               AND ((l.state = 'ISSUED' AND l.reply_due_on < ?) OR (l.state = 'CLOSED' AND l.has_progress = 0))) AS lettersWithoutProgress,
            (SELECT COUNT(*) FROM listed_supervisions p WHERE p.unit_id = ? AND p.state <> 'DELISTED') AS openListings`,
    [unitId, unitId, today, unitId],
  );
  return { overdueObligations: Number(row?.overdueObligations ?? 0), lettersWithoutProgress: Number(row?.lettersWithoutProgress ?? 0), openListings: Number(row?.openListings ?? 0) };
}
