import { inDivision, type Viewer } from '@anjie/access';
import { insertRows, newId, select, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { CLOSE_REVIEWS_SEEN, seesCloseReview } from '../close-reviews/close-review-repository';
import { allOf } from '../obligations/obligation-list';
import { inPlace, overseesDivision } from '../oversight-facts';
import { drawSample, type Sampled, type SampleItemState } from '../rules/close-sample';

export interface SampleRow {
  readonly id: string;
  readonly divisionCode: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly seed: string;
  readonly sharePercent: number;
  readonly leastPerUnit: number;
  readonly drawnById: string;
  readonly drawnUnitId: string;
  readonly drawnOn: string;
  readonly state: 'OPEN' | 'DONE';
  readonly finishedOn: string | null;
  readonly recognisedCount: number | null;
  readonly version: number;
}

const COLUMNS = `x.id, x.division_code AS divisionCode, x.from_day AS fromDay, x.to_day AS toDay, x.seed, x.share_percent AS sharePercent, x.least_per_unit AS leastPerUnit,
  x.drawn_by AS drawnById, x.drawn_unit_id AS drawnUnitId, x.drawn_on AS drawnOn, x.state, x.finished_on AS finishedOn, x.recognised AS recognisedCount, x.version`;

export const visibleSamples = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<SampleRow[]> => {
  const seen = overseesDivision(viewer, 'x.division_code');
  return selectIn<SampleRow>(sql, `SELECT ${COLUMNS} FROM close_review_samples x WHERE x.id IN (?) AND ${seen.sql}`, ids, seen.params);
};

export const sampleList = (viewer: Viewer, divisionCode: string | null | undefined): ListQuery => ({
  columns: COLUMNS, from: 'close_review_samples x', where: allOf([overseesDivision(viewer, 'x.division_code'), ...inPlace('x.division_code', divisionCode)]),
  sort: [{ column: 'x.drawn_on', descending: true }, { column: 'x.id' }],
});

export interface SampleItemRow {
  readonly id: string;
  readonly sampleId: string;
  readonly reviewId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly state: SampleItemState;
  readonly examinedById: string | null;
  readonly examinedOn: string | null;
  readonly note: string | null;
  readonly reasons: string;
  readonly version: number;
}

const ITEM_COLUMNS = `y.id, y.sample_id AS sampleId, y.review_id AS reviewId, y.case_id AS caseId, y.unit_id AS unitId, y.state, y.examined_by AS examinedById,
  y.examined_on AS examinedOn, y.note, y.reason_codes AS reasons, y.version`;

/** Drawn files of a sample: those whose review the viewer sees. */
export const drawnItems = (viewer: Viewer): ParentList => ({
  columns: ITEM_COLUMNS,
  from: `close_review_sample_items y JOIN (${CLOSE_REVIEWS_SEEN}) ON r.id = y.review_id`,
  where: allOf([seesCloseReview(viewer), { sql: "y.state <> 'NOT_DRAWN'", params: [] }]), parent: 'y.sample_id', sort: [{ column: 'y.unit_id' }, { column: 'y.id' }],
});

/** How reviews that the viewer sees were sampled. */
export const samplingOf = (sql: Sql, reviewIds: readonly string[]): Promise<SampleItemRow[]> =>
  selectIn<SampleItemRow>(sql, `SELECT ${ITEM_COLUMNS} FROM close_review_sample_items y WHERE y.review_id IN (?)`, reviewIds);

export const itemsOf = (sql: Sql, sampleIds: readonly string[]): Promise<SampleItemRow[]> =>
  selectIn<SampleItemRow>(sql, `SELECT ${ITEM_COLUMNS} FROM close_review_sample_items y WHERE y.sample_id IN (?) ORDER BY y.unit_id, y.id`, sampleIds);

/** The sample, held until commit: whoever ends it counts. */
export const lockSample = async (tx: Sql, id: string): Promise<SampleRow | undefined> =>
  (await select<SampleRow>(tx, `SELECT ${COLUMNS} FROM close_review_samples x WHERE x.id = ? FOR UPDATE`, [id]))[0];

/** What passed in the period in the division and below, and is in no sample yet. Sealed cases are not sampled. */
export function passedIn(tx: Sql, { divisionCode, fromDay, toDay }: { divisionCode: string; fromDay: string; toDay: string }): Promise<(Sampled & { caseId: string })[]> {
  const place = inDivision('r.review_division_code', divisionCode);
  return select(
    tx,
    `SELECT r.id AS reviewId, r.submitted_unit_id AS unitId, r.case_id AS caseId FROM close_reviews r JOIN case_scopes s ON s.case_id = r.case_id AND s.is_sealed = 0
      WHERE r.state = 'PASSED' AND r.decided_on BETWEEN ? AND ? AND ${place.sql} AND NOT EXISTS (SELECT 1 FROM close_review_sample_items y WHERE y.review_id = r.id) ORDER BY r.id`,
    [fromDay, toDay, ...place.params],
  );
}

export async function putSample(tx: Sql, row: Row & { readonly id: string }, { population, drawn }: { population: readonly (Sampled & { caseId: string })[]; drawn: ReadonlySet<string> }): Promise<void> {
  await insertRows(tx, 'close_review_samples', [row]);
  await insertRows(tx, 'close_review_sample_items', population.map((one) => ({
    id: newId(), sample_id: row.id, review_id: one.reviewId, case_id: one.caseId, unit_id: one.unitId, state: drawn.has(one.reviewId) ? 'WAITING' : 'NOT_DRAWN', version: 1,
  })));
}

/** Whether this person was first or second reviewer of any file of the sample's period. */
export const hasReviewedOne = async (tx: Sql, sampleId: string, officialId: string): Promise<boolean> =>
  (await select(
    tx, `SELECT 1 FROM close_review_sample_items y JOIN close_reviews r ON r.id = y.review_id
          WHERE y.sample_id = ? AND (r.first_reviewer_id = ? OR r.second_reviewer_id = ?) LIMIT 1`, [sampleId, officialId, officialId],
  )).length > 0;

export interface Stratum {
  readonly sampleId: string;
  readonly unitId: string;
  readonly population: number;
  readonly drawn: number;
  readonly confirmed: number;
  readonly returned: number;
}

export interface SampleView {
  readonly id: string;
  readonly strata: readonly Stratum[];
  readonly isReproduced: boolean;
}

/** Strata, and whether the seed draws the same files again. */
export async function viewsOf(sql: Sql, ids: readonly string[]): Promise<SampleView[]> {
  const samples = await selectIn<SampleRow>(sql, `SELECT ${COLUMNS} FROM close_review_samples x WHERE x.id IN (?)`, ids);
  const items = groupBy(await itemsOf(sql, ids), (one) => one.sampleId);
  return samples.map((sample) => {
    const own = items.get(sample.id) ?? [];
    const again = drawSample(own, sample);
    const count = (files: readonly SampleItemRow[], ...states: SampleItemState[]): number => files.filter((one) => states.includes(one.state)).length;
    const strata = [...groupBy(own, (one) => one.unitId)].map(([unitId, files]): Stratum => ({
      sampleId: sample.id, unitId, population: files.length, drawn: files.length - count(files, 'NOT_DRAWN'), confirmed: count(files, 'CONFIRMED'), returned: count(files, 'RETURNED'),
    }));
    return { id: sample.id, strata, isReproduced: own.every((one) => again.has(one.reviewId) === (one.state !== 'NOT_DRAWN')) };
  });
}
