import { inDivision, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { isId } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import type { CloseReviewFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { CLOSE_REVIEW_COLUMNS, CLOSE_REVIEWS_SEEN, seesCloseReview } from './close-review-repository';

export const byId = (column: string, id: string | null | undefined): SqlPredicate[] =>
  id != null ? [isId(id) ? { sql: `${column} = ?`, params: [id] } : { sql: 'FALSE', params: [] }] : [];

function inPlace(code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [inDivision('s.division_code', code)];
}

const listOf = (viewer: Viewer, filter: CloseReviewFilter | null | undefined): Omit<ListQuery, 'sort'> => ({
  columns: CLOSE_REVIEW_COLUMNS,
  from: CLOSE_REVIEWS_SEEN,
  where: allOf([
    seesCloseReview(viewer),
    ...byId('r.case_id', filter?.caseId), ...byId('r.submitted_unit_id', filter?.submittedUnitId), ...inPlace(filter?.divisionCode),
    ...(filter?.state ? [{ sql: 'r.state = ?', params: [filter.state] }] : []),
    ...(filter?.track ? [{ sql: 'r.track = ?', params: [filter.track] }] : []),
  ]),
});

/** The rolling queue: what was submitted first is reviewed first. */
export const closeReviewQueue = (viewer: Viewer, filter: CloseReviewFilter | null | undefined): ListQuery => ({
  ...listOf(viewer, filter), sort: [{ column: 'r.submitted_on' }, { column: 'r.id' }],
});

export const closeReviewsUnderCase = (viewer: Viewer): ParentList => ({
  ...listOf(viewer, null), sort: [{ column: 'r.revision', descending: true }, { column: 'r.id' }], parent: 'r.case_id',
});
