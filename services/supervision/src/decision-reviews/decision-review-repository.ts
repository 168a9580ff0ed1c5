import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { byId } from '../close-reviews/close-review-list';
import type { DecisionReviewFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { anyOf, overseenOrOwn } from '../oversight';
import type { DecisionOpinion } from '../rules/decision-reviews';

export interface DecisionReviewRow {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly decidedOn: string | null;
  readonly opinion: DecisionOpinion;
  readonly opinionText: string;
  readonly reviewedOn: string;
  readonly reviewerUnitId: string;
  readonly version: number;
}

const COLUMNS = `d.id, d.title, d.subject, d.unit_id AS unitId, d.division_code AS divisionCode, d.decided_on AS decidedOn, d.opinion, d.opinion_words AS opinionText,
  d.reviewed_on AS reviewedOn, d.reviewer_unit_id AS reviewerUnitId, d.version`;

/** Joint offices for their divisions, the unit that decides, and the units of its measures. */
function seesDecision(viewer: Viewer): SqlPredicate {
  const measure = inOwnUnits(viewer, 'vm.unit_id');
  return anyOf([
    overseenOrOwn(viewer, { divisionCode: 'd.division_code', unitId: 'd.unit_id' }),
    { sql: `EXISTS (SELECT 1 FROM decision_measures vm WHERE vm.decision_review_id = d.id AND ${measure.sql})`, params: measure.params },
  ]);
}

export const visibleDecisionReviews = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DecisionReviewRow[]> => {
  const seen = seesDecision(viewer);
  return selectIn<DecisionReviewRow>(sql, `SELECT ${COLUMNS} FROM decision_reviews d WHERE d.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

function within(code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [{ sql: 'd.division_code LIKE ?', params: [`${divisionPrefix(code)}%`] }];
}

function withCases(viewer: Viewer, has: boolean | null | undefined): SqlPredicate[] {
  if (has == null) return [];
  const seen = visibleCases(viewer, scopeColumns('s'));
  return [{
    sql: `${has ? '' : 'NOT '}EXISTS (SELECT 1 FROM decision_cases dc JOIN case_scopes s ON s.case_id = dc.case_id WHERE dc.decision_review_id = d.id AND (${seen.sql}))`, params: seen.params,
  }];
}

export const decisionReviewList = (viewer: Viewer, filter: DecisionReviewFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'decision_reviews d',
  where: allOf([
    seesDecision(viewer), ...byId('d.unit_id', filter?.unitId), ...within(filter?.divisionCode), ...withCases(viewer, filter?.hasCases),
    ...(filter?.opinion ? [{ sql: 'd.opinion = ?', params: [filter.opinion] }] : []),
  ]),
  sort: [{ column: 'd.reviewed_on', descending: true }, { column: 'd.id' }],
});

export const decisionReviewsUnder = (viewer: Viewer, kind: 'unit' | 'case'): ParentList => {
  const all = decisionReviewList(viewer, null);
  return kind === 'unit' ? { ...all, parent: 'd.unit_id' } : { ...all, from: 'decision_reviews d JOIN decision_cases dl ON dl.decision_review_id = d.id', parent: 'dl.case_id' };
};

export function casesUnderDecision(viewer: Viewer): ParentList {
  const seen = visibleCases(viewer, scopeColumns('s'));
  return { columns: 'c.case_id AS id', from: 'decision_cases c JOIN case_scopes s ON s.case_id = c.case_id', where: seen, sort: [{ column: 'c.linked_on', descending: true }, { column: 'c.case_id' }], parent: 'c.decision_review_id' };
}

export interface LinkCounts {
  readonly id: string;
  readonly linked: number;
  readonly open: number;
}

/** Cases on a decision, of those that the viewer may see. */
export async function linkCounts(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<LinkCounts[]> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  const rows = await selectIn<Readonly<Record<keyof LinkCounts, string>>>(
    sql,
    `SELECT c.decision_review_id AS id, COUNT(*) AS linked, SUM(s.closed_on IS NULL) AS open FROM decision_cases c JOIN case_scopes s ON s.case_id = c.case_id
      WHERE c.decision_review_id IN (?) AND (${seen.sql}) GROUP BY c.decision_review_id`,
    ids, seen.params,
  );
  return rows.map(({ id, linked, open }) => ({ id, linked: Number(linked), open: Number(open) }));
}

export interface MeasureRow {
  readonly id: string;
  readonly decisionReviewId: string;
  readonly title: string;
  readonly unitId: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly evidence: string | null;
}

export const measuresOf = (sql: Sql, ids: readonly string[]): Promise<MeasureRow[]> =>
  selectIn<MeasureRow>(
    sql,
    `SELECT m.id, m.decision_review_id AS decisionReviewId, m.title, m.unit_id AS unitId, m.due_on AS dueOn, m.done_on AS doneOn, m.evidence FROM decision_measures m
      WHERE m.decision_review_id IN (?) ORDER BY m.decision_review_id, m.ordinal`,
    ids,
  );
