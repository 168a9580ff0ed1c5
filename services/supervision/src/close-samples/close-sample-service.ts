import type { DataSource, EntityManager } from 'typeorm';
import { AppError, CloseReviewOverturned, DIVISION_CODE, isRefusal } from '@anjie/contracts';
import { audit, isId, newId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import { ledgersOfCases } from '@anjie/service-kit/facts';
import { addFigures } from '@anjie/service-kit/figures';
import type { Outbox } from '@anjie/service-kit/messaging';
import { holdCases } from '../case-facts';
import { materialsOf, visibleCloseReviews, type CloseReviewRow } from '../close-reviews/close-review-repository';
import type { DrawCloseReviewSampleInput, ExamineSampledCloseReviewInput } from '../generated/graphql';
import { notifyOwn } from '../notifications/notify';
import { declareOwn } from '../obligations/own-obligation';
import { todayOf } from '../oversight-facts';
import { standingOf } from '../reviewer-facts';
import { RECTIFICATION_DUTY } from '../rules/close-review';
import { drawObjection, drawSample, examinerObjection, recognisedOf, resultObjection, sampleRefusals as no, type CloseSampleRefusal } from '../rules/close-sample';
import { missingMaterials } from '../rules/material-completeness';
import { textOrNull } from '../rules/plain-text';
import { hasReviewedOne, itemsOf, lockSample, passedIn, putSample, samplingOf, type SampleItemRow } from './close-sample-repository';
import { returnTerms } from './return-terms';

export type SampleAnswer = { readonly sampleId: string } | CloseSampleRefusal;
interface Doing {
  readonly actor: Actor;
  readonly outbox: Outbox;
}
type Work<Input> = (tx: EntityManager, input: Input, doing: Doing) => Promise<SampleAnswer>;

/** 抽查: drawn by a seed, examined by somebody who reviewed none of them, counted when it is done. */
export function createCloseSampleService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  const mutation = <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) => (input: Input, actor: Actor): Promise<SampleAnswer> =>
    runMutation<SampleAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, outbox }) });
  return { draw: mutation('drawCloseReviewSample', draw), examine: mutation('examineSampledCloseReview', examine) };
}
export type CloseSampleService = ReturnType<typeof createCloseSampleService>;

async function draw(tx: EntityManager, input: DrawCloseReviewSampleInput, { actor }: Doing): Promise<SampleAnswer> {
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const { viewer } = actor;
  const today = await todayOf(tx);
  const objection = drawObjection(viewer, input, today);
  if (objection) return objection;
  const population = await passedIn(tx, input);
  if (population.length === 0) return no.nothing();
  const id = newId();
  const seed = input.seed ?? newId();
  const drawn = drawSample(population, { seed, sharePercent: input.sharePercent, leastPerUnit: input.leastPerUnit });
  await putSample(tx, {
    id, division_code: input.divisionCode, from_day: input.fromDay, to_day: input.toDay, seed, share_percent: input.sharePercent, least_per_unit: input.leastPerUnit,
    drawn_by: viewer.subject, drawn_unit_id: viewer.unitId, drawn_on: today, state: 'OPEN', version: 1,
  }, { population, drawn });
  await audit(tx, actor, {
    action: 'closeSample.drawn', subjectType: 'CloseReviewSample', subjectId: id, detail: { divisionCode: input.divisionCode, fromDay: input.fromDay, toDay: input.toDay, population: population.length, drawn: drawn.size },
  });
  return { sampleId: id };
}

interface Examined {
  readonly review: CloseReviewRow;
  readonly item: SampleItemRow;
}

async function examine(tx: EntityManager, input: ExamineSampledCloseReviewInput, doing: Doing): Promise<SampleAnswer> {
  const { viewer } = doing.actor;
  const found = await openFor(tx, input, viewer);
  if (isRefusal(found)) return found as CloseSampleRefusal;
  const { review, item } = found;
  const filed = (await materialsOf(tx, [review.id])).map((one) => ({ kind: one.kind, isPresent: Number(one.isPresent) === 1 }));
  const objection = resultObjection(input, { isComplete: missingMaterials(review.track, filed).length === 0 });
  if (objection) return objection;
  await holdCases(tx, [review.caseId]);
  const sample = await lockSample(tx, item.sampleId);
  if (!sample) throw new Error(`no sample ${item.sampleId}`);
  const today = await todayOf(tx);
  const isReturn = input.result === 'RETURN';
  const isFirst = await updateVersion(tx, 'close_review_sample_items', {
    id: item.id, version: input.expectedVersion,
    set: {
      state: isReturn ? 'RETURNED' : 'CONFIRMED', examined_by: viewer.subject, examined_unit_id: viewer.unitId, examined_on: today, note: textOrNull(input.note),
      reason_codes: reasonsOf(input).join(' '),
    },
  });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: item.version });
  await audit(tx, doing.actor, { action: 'closeSample.examined', subjectType: 'CloseReview', subjectId: review.id, caseId: review.caseId, detail: { sampleId: sample.id, result: input.result } });
  const returned = isReturn ? await giveBack(tx, { input, review, today }, doing) : null;
  if (isRefusal(returned)) return returned as CloseSampleRefusal;
  await finishWhenDone(tx, { sampleId: sample.id, version: sample.version, today, actor: doing.actor });
  return { sampleId: sample.id };
}

const reasonsOf = ({ reasonCodes, otherReason }: ExamineSampledCloseReviewInput): string[] => [...new Set([...(reasonCodes ?? []), ...(otherReason?.trim() ? ['OTHER'] : [])])];

async function openFor(tx: EntityManager, { reviewId }: ExamineSampledCloseReviewInput, viewer: Actor['viewer']): Promise<Examined | CloseSampleRefusal> {
  const [review] = isId(reviewId) ? await visibleCloseReviews(tx, viewer, [reviewId]) : [];
  const [item] = review ? await samplingOf(tx, [review.id]) : [];
  if (!review || !item) return no.notFound();
  const { isOfUnit, hasPartInCase } = await standingOf(tx, viewer, { unitId: review.submittedUnitId, caseId: review.caseId });
  const objection = examinerObjection(viewer, {
    reviewDivisionCode: review.reviewDivisionCode, submittedBy: review.submittedById, isOfSubmittingUnit: isOfUnit, hasPartInCase,
    hasReviewedOne: await hasReviewedOne(tx, item.sampleId, viewer.subject),
  });
  if (objection) return objection;
  return item.state === 'WAITING' ? { review, item } : no.wrongState();
}

/** The file goes back like any that a review returns, and cases reopens what it had closed. */
async function giveBack(tx: EntityManager, { input, review, today }: { input: ExamineSampledCloseReviewInput; review: CloseReviewRow; today: string }, { actor, outbox }: Doing): Promise<null | CloseSampleRefusal> {
  const terms = await returnTerms(tx, review, { today, rectifyBy: input.rectifyBy ?? null });
  if (!terms) return no.badRectifyDate();
  const obligationId = newId();
  const reasonCodes = reasonsOf(input);
  const isFirst = await updateVersion(tx, 'close_reviews', {
    id: review.id, version: review.version,
    set: { state: 'RETURNED', reason_codes: reasonCodes.join(' '), other_reason: textOrNull(input.otherReason), rectify_by: terms.due.dueEffective, obligation_id: obligationId },
  });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: review.version + 1 });
  await declareOwn(tx, { ...terms, obligationId, caseId: review.caseId, dutyCode: RECTIFICATION_DUTY, obligorUnitId: review.submittedUnitId, subject: { type: 'CloseReview', id: review.id } }, actor);
  await notifyOwn(tx, [{ kind: 'CLOSE_REVIEW_RETURNED', recipient: { kind: 'UNIT', id: review.submittedUnitId }, caseId: review.caseId, subjectId: review.id, occasion: 'sampled' }]);
  await outbox.announce(tx, CloseReviewOverturned, {
    aggregateId: review.id, version: review.version + 1, requestId: actor.requestId,
    payload: { closeReviewId: review.id, caseId: review.caseId, reasonCodes, examinedBy: actor.viewer.subject, examiningUnitId: actor.viewer.unitId ?? review.submittedUnitId, overturnedOn: today },
  });
  return null;
}

/** Once every drawn file has its result, what is recognised counts in the ledgers of its cases. Last, because figures hold one row until commit. */
async function finishWhenDone(tx: EntityManager, { sampleId, version, today, actor }: { sampleId: string; version: number; today: string; actor: Actor }): Promise<void> {
  const items = await itemsOf(tx, [sampleId]);
  if (items.some((one) => one.state === 'WAITING')) return;
  const recognised = new Set(recognisedOf(items));
  await updateVersion(tx, 'close_review_samples', { id: sampleId, version, set: { state: 'DONE', finished_on: today, recognised: recognised.size } });
  await audit(tx, actor, { action: 'closeSample.finished', subjectType: 'CloseReviewSample', subjectId: sampleId, detail: { recognised: recognised.size, of: items.length } });
  const ledgers = await ledgersOfCases(tx, [...new Set(items.filter((one) => recognised.has(one.reviewId)).map((one) => one.caseId))]);
  await addFigures(tx, ledgers.map(({ campaignId, divisionCode }) => ({ campaignId, divisionCode, figure: 'RECOGNISED_AFTER_SAMPLING', on: today, delta: 1 })));
}
