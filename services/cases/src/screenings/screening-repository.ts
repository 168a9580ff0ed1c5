import { hasRole, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { RESOLVED_PART } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';
import type { DuplicateGround } from './duplicate-repository';

export interface Criteria {
  readonly registeredFrom: string;
  readonly registeredTo: string;
  readonly minimumPetitions: number;
  readonly isUnresolvedOnly: boolean;
  readonly contentCategory: string | null;
  readonly divisionCode: string;
}
export interface BatchRow extends Criteria {
  readonly id: string;
  readonly campaignId: string;
  readonly ordinal: number;
  readonly state: 'OPEN' | 'CLOSED';
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly version: string;
}
const COLUMNS = `b.id, b.campaign_id AS campaignId, b.ordinal, b.state, b.registered_from AS registeredFrom, b.registered_to AS registeredTo,
  b.minimum_petitions AS minimumPetitions, b.is_unresolved_only AS isUnresolvedOnly, b.content_category AS contentCategory, b.division_code AS divisionCode,
  b.opened_on AS openedOn, b.closed_on AS closedOn, b.version`;
const FROM = 'screening_batches b JOIN campaigns g ON g.id = b.campaign_id';

/** Screening is the work of the joint offices of the campaign's place and above; who takes part below sees its result, the ledger. */
function seenBatches(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return { sql: 'FALSE', params: [] };
  return { sql: 'g.division_code LIKE ?', params: [`${divisionPrefix(viewer.divisionCode)}%`] };
}

export function batchesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<BatchRow[]> {
  const seen = seenBatches(viewer);
  return selectIn<BatchRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE b.id IN (?) AND ${seen.sql}`, ids, seen.params);
}

export async function lockBatch(tx: Sql, viewer: Viewer, id: string): Promise<BatchRow | undefined> {
  const seen = seenBatches(viewer);
  return (await selectIn<BatchRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE b.id IN (?) AND ${seen.sql} FOR UPDATE`, [id], seen.params))[0];
}

export const batchPages = (sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<BatchRow>[]> =>
  listConnectionsByParent<BatchRow>(
    sql, { columns: COLUMNS, from: FROM, where: seenBatches(viewer), sort: [{ column: 'b.ordinal', descending: true }], parent: 'b.campaign_id' }, page,
  );

export interface CandidateCount {
  readonly batchId: string;
  readonly state: 'PENDING' | 'DUPLICATE' | 'ADMITTED' | 'REJECTED';
  readonly many: string;
}
export const countsOfBatches = (sql: Sql, batchIds: readonly string[]): Promise<CandidateCount[]> =>
  selectIn<CandidateCount>(sql, 'SELECT batch_id AS batchId, state, COUNT(*) AS many FROM screening_candidates WHERE batch_id IN (?) GROUP BY batch_id, state', batchIds);

export interface CandidateRow {
  readonly id: string;
  readonly batchId: string;
  readonly caseId: string;
  readonly state: CandidateCount['state'];
  readonly petitionCount: number;
  readonly duplicateGround: DuplicateGround | null;
  readonly entryId: string | null;
  readonly rejectionReason: string | null;
  readonly decidedOn: string | null;
}
const CANDIDATE = `k.id, k.batch_id AS batchId, k.case_id AS caseId, k.state, k.petition_count AS petitionCount, k.duplicate_ground AS duplicateGround,
  k.entry_id AS entryId, k.reason AS rejectionReason, k.decided_on AS decidedOn`;
const CANDIDATES = `screening_candidates k JOIN cases c ON c.id = k.case_id JOIN ${FROM} ON b.id = k.batch_id`;

function seenCandidates(viewer: Viewer): SqlPart {
  const [cases, batches] = [seenCases(viewer), seenBatches(viewer)];
  return { sql: `(${cases.sql}) AND ${batches.sql}`, params: [...cases.params, ...batches.params] };
}

export function candidatesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CandidateRow[]> {
  const seen = seenCandidates(viewer);
  return selectIn<CandidateRow>(sql, `SELECT ${CANDIDATE} FROM ${CANDIDATES} WHERE k.id IN (?) AND ${seen.sql}`, ids, seen.params);
}

export interface CandidateArgs extends PageArgs {
  readonly state?: CandidateRow['state'] | null;
}
export function candidatePages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: CandidateArgs }): Promise<Connection<CandidateRow>[]> {
  const seen = seenCandidates(viewer);
  const { state } = page.args;
  const where = state ? { sql: `${seen.sql} AND k.state = ?`, params: [...seen.params, state] } : seen;
  return listConnectionsByParent<CandidateRow>(sql, { columns: CANDIDATE, from: CANDIDATES, where, sort: [{ column: 'c.number' }], parent: 'k.batch_id' }, page);
}

export interface Chosen {
  readonly caseId: string;
  readonly petitionCount: string;
}

/** Visible cases that fit, at most `limit`, in one statement. The slug's subtree: `land` finds `land.expropriation`, not `landing`. */
export function chooseCases(tx: Sql, viewer: Viewer, { criteria, limit }: { criteria: Criteria; limit: number }): Promise<Chosen[]> {
  const seen = seenCases(viewer);
  const parts: SqlPart[] = [
    { sql: `(${seen.sql})`, params: seen.params },
    { sql: 'c.division_code LIKE ?', params: [`${divisionPrefix(criteria.divisionCode)}%`] },
    // 第三十条: accusations are no ledger's business
    { sql: "c.is_sealed = 0 AND c.purpose <> 'ACCUSATION'", params: [] },
    { sql: 'c.registered_on BETWEEN ? AND ?', params: [criteria.registeredFrom, criteria.registeredTo] },
    ...(criteria.isUnresolvedOnly ? [{ sql: `NOT ${RESOLVED_PART}`, params: [] }] : []),
    ...(criteria.contentCategory
      ? [{ sql: "(c.content_category = ? OR LEFT(c.content_category, CHAR_LENGTH(?) + 1) = CONCAT(?, '.'))", params: Array<string>(3).fill(criteria.contentCategory) }]
      : []),
  ];
  return select<Chosen>(
    tx,
    `SELECT chosen.caseId, chosen.petitionCount FROM (
       SELECT c.id AS caseId, (SELECT COUNT(*) FROM petitions p WHERE p.case_id = c.id) AS petitionCount FROM cases c WHERE ${parts.map((part) => part.sql).join(' AND ')}) chosen
      WHERE chosen.petitionCount >= ? LIMIT ?`,
    [...parts.flatMap((part) => part.params), criteria.minimumPetitions, limit],
  );
}

export interface CaseOfCandidate {
  readonly id: string;
  readonly divisionCode: string;
  readonly registeredOn: string;
  readonly limitOn: string | null;
  readonly isResolved: number;
}
/** Cases that are to enter a ledger, locked in id order. */
export function lockCandidateCases(tx: Sql, viewer: Viewer, caseIds: readonly string[]): Promise<CaseOfCandidate[]> {
  const seen = seenCases(viewer);
  return selectIn<CaseOfCandidate>(
    tx,
    `SELECT c.id, c.division_code AS divisionCode, c.registered_on AS registeredOn, c.limit_on AS limitOn, ${RESOLVED_PART} AS isResolved
       FROM cases c WHERE c.id IN (?) AND (${seen.sql}) ORDER BY c.id FOR UPDATE`,
    caseIds,
    seen.params,
  );
}
