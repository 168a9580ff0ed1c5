import type { DataSource, EntityManager } from 'typeorm';
import { AppError, CloseReviewDecided, isRefusal } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { Outbox } from '@anjie/service-kit/messaging';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import type { DecideCloseReviewInput, ExamineCloseReviewInput } from '../generated/graphql';
import { declareOwn } from '../obligations/own-obligation';
import { standingOf } from '../reviewer-facts';
import type { ReasonCode } from '../rules/close-checklist';
import { canAct, decisionOn, examinationObjection, reasonsOf, rectificationDue, RECTIFICATION_DUTY, type Decision } from '../rules/close-review';
import { closeReviewRefusals, type CloseReviewRefusal } from '../rules/close-review-refusals';
import { reviewerObjection } from '../rules/close-reviewers';
import { textOrNull } from '../rules/plain-text';
import { codesOf, materialsOf, putFindings, visibleCloseReviews, type CloseReviewRow } from './close-review-repository';

export type CloseReviewAnswer = { readonly reviewId: string } | CloseReviewRefusal;
interface Doing {
  readonly outbox: Outbox;
  readonly actor: Actor;
}

/** 结案审核 with four eyes: one person examines, another decides. */
export function createCloseReviewService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, doing: Doing) => Promise<CloseReviewAnswer>) =>
    (input: Input, actor: Actor): Promise<CloseReviewAnswer> =>
      runMutation<CloseReviewAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { outbox, actor }) });
  return { examine: mutation('examineCloseReview', examine), decide: mutation('decideCloseReview', decide) };
}
export type CloseReviewService = ReturnType<typeof createCloseReviewService>;

type Wish = Pick<ExamineCloseReviewInput, 'reviewId' | 'expectedVersion'>;

/** The review as the viewer sees it, if nothing keeps the viewer from this step; an invisible one answers as a missing one. */
async function openFor(tx: EntityManager, wish: Wish & { action: 'EXAMINE' | 'DECIDE' }, { viewer }: Actor): Promise<CloseReviewRow | CloseReviewRefusal> {
  const row = isId(wish.reviewId) ? (await visibleCloseReviews(tx, viewer, [wish.reviewId]))[0] : undefined;
  if (!row) return closeReviewRefusals.notFound();
  const { isOfUnit, hasPartInCase } = await standingOf(tx, viewer, { unitId: row.submittedUnitId, caseId: row.caseId });
  const objection = reviewerObjection(viewer, wish.action, {
    reviewDivisionCode: row.reviewDivisionCode, submittedBy: row.submittedById, isOfSubmittingUnit: isOfUnit, hasPartInCase, firstReviewerId: row.firstReviewerId,
  });
  if (objection) return objection;
  if (row.version !== wish.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return canAct(row.state, wish.action) ? row : closeReviewRefusals.wrongState();
}

async function fileOf(tx: EntityManager, { id, track, proposedEnd }: CloseReviewRow) {
  return { track, proposedEnd, hasAbsentMaterial: (await materialsOf(tx, [id])).some((one) => !Number(one.isPresent)) };
}

async function move(tx: EntityManager, { id, version }: CloseReviewRow, set: Row): Promise<void> {
  const isFirst = await updateVersion(tx, 'close_reviews', { id, version, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: version + 1 });
}

async function examine(tx: EntityManager, input: ExamineCloseReviewInput, { actor }: Doing): Promise<CloseReviewAnswer> {
  const row = await openFor(tx, { ...input, action: 'EXAMINE' }, actor);
  if (isRefusal(row)) return row as CloseReviewRefusal;
  const objection = examinationObjection(await fileOf(tx, row), input);
  if (objection) return objection;
  const reasonCodes = reasonsOf(input);
  await move(tx, row, {
    state: 'EXAMINED', first_reviewer_id: actor.viewer.subject, first_unit_id: actor.viewer.unitId, examined_on: (await businessTime(tx)).today,
    proposal: input.proposal, examination_note: textOrNull(input.note), reason_codes: reasonCodes.join(' '), other_reason: textOrNull(input.otherReason),
  });
  await putFindings(tx, row.id, input.findings.map((one) => ({ itemCode: one.item, finding: one.finding, note: textOrNull(one.note) })));
  await audit(tx, actor, {
    action: 'closeReview.examined', subjectType: 'CloseReview', subjectId: row.id, caseId: row.caseId, detail: { proposal: input.proposal, reasonCodes },
  });
  return { reviewId: row.id };
}

async function decide(tx: EntityManager, input: DecideCloseReviewInput, { actor, outbox }: Doing): Promise<CloseReviewAnswer> {
  const row = await openFor(tx, { ...input, action: 'DECIDE' }, actor);
  if (isRefusal(row)) return row as CloseReviewRefusal;
  const decision = decisionOn(await examinedOf(tx, row), input);
  if (isRefusal(decision)) return decision as CloseReviewRefusal;
  await holdCase(tx, row.caseId);
  const { today } = await businessTime(tx);
  const returned = decision.decision === 'RETURNED' ? await termsOf(tx, row, { decidedOn: today, rectifyBy: input.rectifyBy ?? null }) : null;
  if (isRefusal(returned)) return returned as CloseReviewRefusal;
  await move(tx, row, {
    state: decision.decision, second_reviewer_id: actor.viewer.subject, reviewing_unit_id: actor.viewer.unitId, decided_on: today,
    is_overruled: decision.isOverruled, decision_reason: textOrNull(input.reason), reason_codes: decision.reasonCodes.join(' '),
    other_reason: textOrNull(input.otherReason) ?? row.otherReason, ...dutyColumns(returned),
  });
  if (returned) await declareOwn(tx, { ...returned, caseId: row.caseId, dutyCode: RECTIFICATION_DUTY, obligorUnitId: row.submittedUnitId, subject: { type: 'CloseReview', id: row.id } }, actor);
  await conclude(tx, { row, decision, today }, { actor, outbox });
  return { reviewId: row.id };
}

async function examinedOf(tx: EntityManager, row: CloseReviewRow) {
  if (!row.proposal) throw new Error(`review ${row.id} is examined by nobody`);
  return { ...(await fileOf(tx, row)), proposal: row.proposal, reasonCodes: codesOf(row.reasons) as ReasonCode[] };
}

const dutyColumns = (returned: { due: { dueEffective: string }; obligationId: string } | null) => ({
  rectify_by: returned?.due.dueEffective ?? null, obligation_id: returned?.obligationId ?? null,
});

/** What a returned file makes the unit owe, or why the date cannot stand. */
async function termsOf(tx: EntityManager, row: CloseReviewRow, dates: { decidedOn: string; rectifyBy: string | null }) {
  const jurisdictionCode = (await knownUnit(tx, row.submittedUnitId))?.divisionCode ?? row.reviewDivisionCode;
  const terms = rectificationDue({ ...dates, jurisdictionCode }, { rules: officeRules(), calendar: officeCalendar() });
  return isRefusal(terms) ? terms : { ...terms, jurisdictionCode, obligationId: newId() };
}

interface Decided {
  readonly row: CloseReviewRow;
  readonly decision: Decision;
  readonly today: string;
}

/** Audit, and the news for cases, which keeps the result. */
async function conclude(tx: EntityManager, { row, decision, today }: Decided, { actor, outbox }: Doing): Promise<void> {
  const { firstReviewerId } = row;
  const { subject, unitId } = actor.viewer;
  if (!firstReviewerId || !unitId) throw new Error(`review ${row.id} lacks a reviewer or a unit`);
  await audit(tx, actor, {
    action: 'closeReview.decided', subjectType: 'CloseReview', subjectId: row.id, caseId: row.caseId, detail: { ...decision, firstReviewerId },
  });
  await outbox.announce(tx, CloseReviewDecided, {
    aggregateId: row.id, version: row.version + 1, requestId: actor.requestId,
    payload: {
      closeReviewId: row.id, caseId: row.caseId, decision: decision.decision, reasonCodes: [...decision.reasonCodes], firstReviewerId,
      secondReviewerId: subject, reviewingUnitId: unitId, decidedOn: today,
    },
  });
}
