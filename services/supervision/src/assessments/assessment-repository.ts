import { inOwnUnits, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { placeOfUnit } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { AssessmentFilter, CommendationFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { anyOf, bothOf, ofPlace, overseen } from '../oversight';
import type { AssessmentState } from '../rules/assessment-rules';

export interface AssessmentRow {
  readonly id: string;
  readonly schemeCode: string;
  readonly divisionCode: string;
  readonly year: number;
  readonly revision: number;
  readonly asOf: string;
  readonly state: AssessmentState;
  readonly issuerUnitId: string;
  readonly issuerDivisionCode: string;
  readonly computedOn: string;
  readonly commentUntil: string;
  readonly publishedById: string | null;
  readonly publishedOn: string | null;
  readonly remark: string | null;
  readonly version: number;
}

const COLUMNS = `a.id, a.scheme AS schemeCode, a.division_code AS divisionCode, a.assessed_year AS year, a.revision, a.as_of AS asOf, a.state, a.issuer_unit_id AS issuerUnitId,
  a.computed_on AS computedOn, a.comment_until AS commentUntil, a.published_by AS publishedById, a.published_on AS publishedOn, a.remark, a.version,
  ${placeOfUnit('a.issuer_unit_id', 'a.division_code')} AS issuerDivisionCode`;

/** Joint offices for their divisions, the place once it is published, and before that each unit for its own line. */
function seesAssessment(viewer: Viewer): SqlPredicate {
  const own = inOwnUnits(viewer, 'vr.unit_id');
  return anyOf([
    overseen(viewer, 'a.division_code'), bothOf({ sql: 'a.published_on IS NOT NULL', params: [] }, ofPlace(viewer, 'a.division_prefix')),
    { sql: `EXISTS (SELECT 1 FROM assessment_results vr WHERE vr.assessment_id = a.id AND ${own.sql})`, params: own.params },
  ]);
}

export const visibleAssessments = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AssessmentRow[]> => {
  const seen = seesAssessment(viewer);
  return selectIn<AssessmentRow>(sql, `SELECT ${COLUMNS} FROM assessments a WHERE a.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

function within(column: string, code: string | null | undefined): SqlPredicate[] {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [{ sql: `${column} LIKE ?`, params: [`${divisionPrefix(code)}%`] }];
}

export const assessmentList = (viewer: Viewer, filter: AssessmentFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'assessments a',
  where: allOf([
    seesAssessment(viewer), ...within('a.division_code', filter?.divisionCode),
    ...(filter?.scheme != null ? [{ sql: 'a.scheme = ?', params: [filter.scheme] }] : []),
    ...(filter?.year != null ? [{ sql: 'a.assessed_year = ?', params: [filter.year] }] : []),
    ...(filter?.state ? [{ sql: 'a.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'a.assessed_year', descending: true }, { column: 'a.division_code' }, { column: 'a.revision', descending: true }, { column: 'a.id' }],
});

export const assessmentsUnderDivision = (viewer: Viewer): ParentList => ({ ...assessmentList(viewer, null), parent: 'a.division_code' });

export interface ResultRow {
  readonly id: string;
  readonly assessmentId: string;
  readonly unitId: string;
  readonly total: number | null;
  readonly comment: string | null;
  readonly commentedOn: string | null;
  readonly version: number;
  /** The viewer works in the unit or above it, or oversees the division: small numbers are shown. */
  readonly isNear: number;
}

/** Lines of what is published, one's own otherwise; who oversees the division sees all. */
function resultsSeen(viewer: Viewer): { readonly columns: string; readonly near: SqlPredicate; readonly seen: SqlPredicate } {
  const near = anyOf([overseen(viewer, 'a.division_code'), inOwnUnits(viewer, 'r.unit_id')]);
  return {
    columns: `r.id, r.assessment_id AS assessmentId, r.unit_id AS unitId, r.total, r.comment, r.commented_on AS commentedOn, r.version`, near,
    seen: anyOf([near, bothOf({ sql: 'a.published_on IS NOT NULL', params: [] }, ofPlace(viewer, 'a.division_prefix'))]),
  };
}
const RESULTS = 'assessment_results r JOIN assessments a ON a.id = r.assessment_id';

export async function visibleResults(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ResultRow[]> {
  const { columns, near, seen } = resultsSeen(viewer);
  if (ids.length === 0) return [];
  return select<ResultRow>(sql, `SELECT ${columns}, (${near.sql}) AS isNear FROM ${RESULTS} WHERE r.id IN (?) AND (${seen.sql})`, [...near.params, ids, ...seen.params]);
}

/** Whether a line is near is asked row by row through the loader: a list's columns take no parameters. */
export function resultsUnder(viewer: Viewer, kind: 'assessment' | 'unit'): ParentList {
  const { columns, seen } = resultsSeen(viewer);
  return {
    columns: `${columns}, 0 AS isNear`, from: RESULTS, where: seen,
    sort: kind === 'assessment' ? [{ column: 'r.ordinal' }, { column: 'r.id' }] : [{ column: 'a.assessed_year', descending: true }, { column: 'a.revision', descending: true }, { column: 'r.id' }],
    parent: kind === 'assessment' ? 'r.assessment_id' : 'r.unit_id',
  };
}

export interface ScoreRow {
  readonly resultId: string;
  readonly item: string;
  readonly value: number;
  readonly base: number;
  readonly score: number | null;
}

export const scoresOf = (sql: Sql, resultIds: readonly string[]): Promise<ScoreRow[]> =>
  selectIn<ScoreRow>(sql, 'SELECT result_id AS resultId, item_code AS item, value, base, score FROM assessment_scores WHERE result_id IN (?)', resultIds);

/** The last version, held until the transaction ends, so that two computations come one after the other. */
export const lastRevision = async (tx: Sql, key: { scheme: string; divisionCode: string; year: number }): Promise<number> =>
  Number((await select<{ n: number }>(
    tx, 'SELECT revision AS n FROM assessments WHERE scheme = ? AND division_code = ? AND assessed_year = ? ORDER BY revision DESC LIMIT 1 FOR UPDATE', [key.scheme, key.divisionCode, key.year],
  ))[0]?.n ?? 0);

export interface CommendationRow {
  readonly id: string;
  readonly assessmentId: string | null;
  readonly unitId: string | null;
  readonly officialId: string | null;
  readonly title: string;
  readonly reason: string;
  readonly documentNumber: string | null;
  readonly commendedOn: string;
  readonly issuerUnitId: string;
}

const COMMENDATION_COLUMNS = `c.id, c.assessment_id AS assessmentId, c.unit_id AS unitId, c.official_id AS officialId, c.title, c.reason, c.document_number AS documentNumber,
  c.commended_on AS commendedOn, c.issuer_unit_id AS issuerUnitId`;

const seesCommendation = (viewer: Viewer): SqlPredicate =>
  anyOf([overseen(viewer, 'c.division_code'), ofPlace(viewer, 'c.division_prefix'), inOwnUnits(viewer, 'c.unit_id'), { sql: 'c.official_id = ?', params: [viewer.kind === 'OFFICIAL' ? viewer.subject : null] }]);

export const visibleCommendations = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CommendationRow[]> => {
  const seen = seesCommendation(viewer);
  return selectIn<CommendationRow>(sql, `SELECT ${COMMENDATION_COLUMNS} FROM commendations c WHERE c.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const commendationList = (viewer: Viewer, filter: CommendationFilter | null | undefined): ListQuery => ({
  columns: COMMENDATION_COLUMNS,
  from: 'commendations c',
  where: allOf([seesCommendation(viewer), ...byId('c.unit_id', filter?.unitId), ...byId('c.official_id', filter?.officialId), ...byId('c.assessment_id', filter?.assessmentId)]),
  sort: [{ column: 'c.commended_on', descending: true }, { column: 'c.id' }],
});

export const commendationsUnder = (viewer: Viewer, kind: 'unit' | 'official'): ParentList => ({
  ...commendationList(viewer, null), parent: kind === 'unit' ? 'c.unit_id' : 'c.official_id',
});
