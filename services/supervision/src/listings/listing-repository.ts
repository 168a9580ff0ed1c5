import { hasRole, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInReport } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { ListedSupervisionFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { ListingState } from '../rules/listings';

export interface ListingRow {
  readonly id: string;
  readonly divisionCode: string;
  readonly numberYear: number;
  readonly serial: number;
  readonly letterId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly officeUnitId: string;
  readonly listedById: string;
  readonly listedOn: string;
  readonly deadlineOn: string;
  readonly reason: string;
  readonly state: ListingState;
  readonly obligationId: string;
  readonly proposedById: string | null;
  readonly proposedOn: string | null;
  readonly proposal: string | null;
  readonly evidence: string | null;
  readonly decidedById: string | null;
  readonly decidedOn: string | null;
  readonly decisionReason: string | null;
  readonly delistedOn: string | null;
  readonly version: number;
}

const COLUMNS = `p.id, p.division_code AS divisionCode, p.number_year AS numberYear, p.serial, p.letter_id AS letterId, p.case_id AS caseId, p.unit_id AS unitId,
  p.office_unit_id AS officeUnitId, p.listed_by AS listedById, p.listed_on AS listedOn, p.deadline_on AS deadlineOn, p.reason, p.state, p.obligation_id AS obligationId,
  p.proposed_by AS proposedById, p.proposed_on AS proposedOn, p.proposal, p.evidence, p.decided_by AS decidedById, p.decided_on AS decidedOn,
  p.decision_reason AS decisionReason, p.delisted_on AS delistedOn, p.version`;
const FROM = 'listed_supervisions p JOIN case_scopes s ON s.case_id = p.case_id';

/** Visible: the case is, or the viewer's unit subtree is listed, or the viewer's office listed it; never to one who is named in the case's reports. */
function seesListing(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const listed = inOwnUnits(viewer, 'p.unit_id');
  const notNamed = notNamedInReport(viewer);
  return {
    sql: `(${byCase.sql}) OR ((${listed.sql} OR p.office_unit_id = ?) AND ${notNamed.sql})`,
    params: [...byCase.params, ...listed.params, hasRole(viewer, 'JOINT_OFFICE') ? viewer.unitId : null, ...notNamed.params],
  };
}

export const visibleListings = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ListingRow[]> => {
  const seen = seesListing(viewer);
  return selectIn<ListingRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE p.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const listingList = (viewer: Viewer, filter: ListedSupervisionFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesListing(viewer), ...byId('p.case_id', filter?.caseId), ...byId('p.unit_id', filter?.unitId),
    ...(filter?.state ? [{ sql: 'p.state = ?', params: [filter.state] }] : []),
    ...(filter?.deadlineBefore ? [{ sql: 'p.deadline_on < ?', params: [filter.deadlineBefore] }] : []),
  ]),
  sort: [{ column: 'p.listed_at', descending: true }, { column: 'p.id' }],
});

export const listingsUnder = (viewer: Viewer, kind: 'case' | 'unit'): ParentList => ({ ...listingList(viewer, null), parent: kind === 'case' ? 'p.case_id' : 'p.unit_id' });

/** Next plate of the division's year; the counter row is held until commit, and a rollback gives the number back. */
export async function nextPlate(tx: Sql, divisionCode: string, year: number): Promise<number> {
  await write(tx, 'INSERT INTO plate_counters (division_code, number_year, last_serial) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE last_serial = last_serial + 1', [divisionCode, year]);
  const [row] = await select<{ serial: number }>(tx, 'SELECT last_serial AS serial FROM plate_counters WHERE division_code = ? AND number_year = ?', [divisionCode, year]);
  if (!row) throw new Error('plate_counters has no row after an insert');
  return row.serial;
}

export const isListed = async (sql: Sql, letterId: string): Promise<boolean> => (await select(sql, 'SELECT 1 FROM listed_supervisions WHERE letter_id = ?', [letterId])).length > 0;

export interface ProgressRow {
  readonly id: string;
  readonly listingId: string;
  readonly reportedById: string;
  readonly reportingUnitId: string;
  readonly reportedOn: string;
  readonly text: string;
}

/** Reports of each listing, newest first; at most a hundred are shown. */
export const progressOf = (sql: Sql, listingIds: readonly string[]): Promise<ProgressRow[]> =>
  selectIn<ProgressRow>(
    sql,
    `SELECT id, listing_id AS listingId, reported_by AS reportedById, reporting_unit_id AS reportingUnitId, reported_on AS reportedOn, text FROM (
       SELECT g.*, ROW_NUMBER() OVER (PARTITION BY listing_id ORDER BY reported_at DESC, id) AS place FROM listing_progress g WHERE listing_id IN (?)) ranked
      WHERE place <= 100 ORDER BY listing_id, place`,
    listingIds,
  );
