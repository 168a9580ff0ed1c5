import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { isId, select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInReport } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { CoordinationCandidateFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { CandidateState } from '../rules/coordination';

export interface CandidateRow {
  readonly id: string;
  readonly referralId: string;
  readonly caseId: string;
  /** The lowest one that holds both units. */
  readonly divisionCode: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly officeUnitId: string | null;
  readonly raisedOn: string;
  readonly dueOn: string;
  readonly obligationId: string | null;
  readonly state: CandidateState;
  readonly meetingId: string | null;
  readonly settledOn: string | null;
  readonly version: number;
}

const COLUMNS = `k.id, k.referral_id AS referralId, k.case_id AS caseId, k.division_code AS divisionCode, k.from_unit_id AS fromUnitId, k.to_unit_id AS toUnitId, k.office_unit_id AS officeUnitId,
  k.raised_on AS raisedOn, k.due_on AS dueOn, k.obligation_id AS obligationId, k.state, k.meeting_id AS meetingId, k.settled_on AS settledOn, k.version`;
const FROM = 'coordination_candidates k JOIN case_scopes s ON s.case_id = k.case_id';

/** Visible: the case is, or the viewer's unit subtree disputes or has to coordinate, and is not named in the case's reports. */
function seesCandidate(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const own = ['k.from_unit_id', 'k.to_unit_id', 'k.office_unit_id'].map((column) => inOwnUnits(viewer, column));
  const notNamed = notNamedInReport(viewer);
  return {
    sql: `(${byCase.sql}) OR ((${own.map((one) => one.sql).join(' OR ')}) AND ${notNamed.sql})`,
    params: [...byCase.params, ...own.flatMap((one) => one.params), ...notNamed.params],
  };
}

export const visibleCandidates = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CandidateRow[]> => {
  const seen = seesCandidate(viewer);
  return selectIn<CandidateRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE k.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const candidateList = (viewer: Viewer, filter: CoordinationCandidateFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesCandidate(viewer), ...byId('k.case_id', filter?.caseId), ...byId('k.office_unit_id', filter?.officeUnitId),
    ...(filter?.state ? [{ sql: 'k.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'k.raised_on', descending: true }, { column: 'k.id' }],
});

export const candidatesUnderCase = (viewer: Viewer): ParentList => ({ ...candidateList(viewer, null), parent: 'k.case_id' });

/** The candidate that is to be put on an agenda, held until commit; undefined when the viewer sees none. */
export async function candidateToTake(tx: Sql, viewer: Viewer, id: string): Promise<Pick<CandidateRow, 'id' | 'caseId' | 'divisionCode' | 'state'> | undefined> {
  const [seen] = isId(id) ? await visibleCandidates(tx, viewer, [id]) : [];
  return seen && lockCandidate(tx, seen.id);
}

export const lockCandidate = async (tx: Sql, id: string): Promise<CandidateRow | undefined> =>
  (await select<CandidateRow>(tx, `SELECT ${COLUMNS} FROM coordination_candidates k WHERE k.id = ? FOR UPDATE`, [id]))[0];

/** What else waits about the same referral, held until commit: a referral has one dispute at a time, and a later one says that the earlier is over. */
export const lockOthersOfReferral = (tx: Sql, referralId: string, id: string): Promise<CandidateRow[]> =>
  select<CandidateRow>(
    tx, `SELECT ${COLUMNS} FROM coordination_candidates k WHERE k.referral_id = ? AND k.id <> ? AND k.state IN ('WAITING', 'ON_AGENDA') ORDER BY k.id FOR UPDATE`, [referralId, id],
  );

export async function putCandidate(tx: Sql, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await write(tx, `INSERT INTO coordination_candidates (${columns.join(', ')}) VALUES (?) ON DUPLICATE KEY UPDATE id = id`, [columns.map((column) => row[column])]);
}

export const takeCandidates = async (tx: Sql, meetingId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await write(tx, "UPDATE coordination_candidates SET state = 'ON_AGENDA', meeting_id = ?, version = version + 1 WHERE id IN (?) AND state = 'WAITING'", [meetingId, ids]);
};

/** Those of a meeting that was called off, or that it did not decide, wait again. */
export const releaseCandidates = (tx: Sql, meetingId: string): Promise<number> =>
  write(tx, "UPDATE coordination_candidates SET state = 'WAITING', meeting_id = NULL, version = version + 1 WHERE meeting_id = ? AND state = 'ON_AGENDA'", [meetingId]);

export const endCandidate = (tx: Sql, { id, state, settledOn }: { id: string; state: 'SETTLED' | 'AGREED'; settledOn: string }): Promise<number> =>
  write(tx, 'UPDATE coordination_candidates SET state = ?, settled_on = ?, version = version + 1 WHERE id = ?', [state, settledOn, id]);
