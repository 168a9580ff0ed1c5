import { isRefusal, refuse } from '@anjie/contracts';
import { newId, selectIn, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { GiveReviewOpinionInput, RecordHearingInput, RequestReviewInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { opinionInForce, revokeOpinion, type OpinionRow } from '../opinions/opinion-repository';
import { writeOpinion } from '../opinions/write-opinion';
import { isHigherOrgan } from '../rules/higher-organ';
import { keepHearingDays } from './hearing-days';
import { organOf } from './organ-repository';
import { excludedUnits } from '../successions/succession-repository';
import { hearingsOf, insertReview, openReview, reviewOfOpinion, type ReviewKind, type ReviewRow } from './review-repository';

/** 复查与复核: each by a higher organ than the one before, each once, each within 30 days (第三十五、三十六条). */
export function createReviewService(deps: StepDeps) {
  return {
    request: (input: RequestReviewInput, actor: Actor) =>
      takeStep(deps, {
        operation: 'requestReview', input, actor, action: 'REQUEST_REVIEW', act: input.kind === 'REVIEW' ? 'REQUEST_REVIEW' : 'REQUEST_RE_REVIEW',
        work: (stand) => request(deps, input, stand),
      }),
    recordHearing: (input: RecordHearingInput, actor: Actor) =>
      takeStep(deps, { operation: 'recordHearing', input, actor, action: 'REVIEW', act: null, work: (stand) => recordHearing(deps, input, stand) }),
    giveOpinion: (input: GiveReviewOpinionInput, actor: Actor) =>
      takeStep(deps, { operation: 'giveReviewOpinion', input, actor, action: 'REVIEW', act: null, work: (stand) => giveOpinion(deps, input, stand) }),
  };
}

interface Stage {
  readonly basis: string;
  readonly right: 'T10' | 'T12';
  readonly duty: 'T11' | 'T13';
  readonly notice: 'REVIEW_NOTICE' | 'RE_REVIEW_NOTICE';
  readonly opinion: 'REVIEW_OPINION' | 'RE_REVIEW_OPINION';
  /** Whose opinion is asked about. */
  readonly of: OpinionRow['stage'];
}
const STAGES: Readonly<Record<ReviewKind, Stage>> = {
  REVIEW: { basis: '《信访工作条例》第三十五条', right: 'T10', duty: 'T11', notice: 'REVIEW_NOTICE', opinion: 'REVIEW_OPINION', of: 'HANDLING' },
  RE_REVIEW: { basis: '《信访工作条例》第三十六条第一款', right: 'T12', duty: 'T13', notice: 'RE_REVIEW_NOTICE', opinion: 'RE_REVIEW_OPINION', of: 'REVIEW' },
};

async function request({ papers, clocks }: StepDeps, input: RequestReviewInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const stage = STAGES[input.kind];
  const opinion = await opinionInForce(tx, row.id);
  if (!opinion || opinion.stage !== stage.of || !opinion.deliveredOn) {
    return refuse('NOT_DELIVERED', '意见书送达之后才能请求复查、复核。', 'Review is asked for after the opinion was delivered.', stage.basis);
  }
  if (await reviewOfOpinion(tx, input.kind, opinion.id)) return refuse('REVIEWED_ALREADY', '同一意见只复查、复核一次。', 'The same opinion is reviewed once.', stage.basis);
  const late = await rightOver(input, { stage, opinion }, { tx, caseId: row.id, today });
  const no = late ?? textFault(input.reasons, 0, 2_000) ?? (await unfitOrgan(tx, input.organUnitId.toLowerCase(), { opinion, basis: stage.basis, caseId: row.id }));
  if (no) return no;
  const organUnitId = input.organUnitId.toLowerCase();
  const id = newId();
  await insertReview(tx, { id, caseId: row.id, kind: input.kind, ofOpinionId: opinion.id, organUnitId, requestedOn: input.requestedOn, reasons: input.reasons?.trim() || null });
  await clocks.end(tx, { caseId: row.id, codes: [stage.right], state: 'MET', on: input.requestedOn, requestId: actor.requestId });
  const duty = await clocks.start(tx, {
    code: stage.duty, caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: organUnitId, startOn: today, subject: { type: 'Review', id },
  }, actor.requestId);
  const documentId = await papers.issue(tx, {
    case: row, kind: stage.notice, issuerUnitId: organUnitId, issuedOn: today, actor,
    fields: { requestedOn: input.requestedOn, dueOn: duty?.dueOn ?? today, dueBasis: duty?.basis ?? stage.basis },
  });
  return { event: input.kind === 'REVIEW' ? 'REVIEW_REQUESTED' : 'RE_REVIEW_REQUESTED', basis: stage.basis, documentId, detail: { reviewId: id, organUnitId } };
}

interface Right {
  readonly stage: Stage;
  readonly opinion: OpinionRow;
}

/** T10, T12: thirty days from receipt, shifted past a holiday; the day on which the petitioner asked counts, not the day of recording. */
async function rightOver(input: RequestReviewInput, { stage, opinion }: Right, { tx, caseId, today }: { tx: Stand['tx']; caseId: string; today: string }): Promise<StepNo | undefined> {
  if (input.requestedOn > today || input.requestedOn < (opinion.deliveredOn ?? '')) {
    return refuse('DATE_INVALID', '请求日期须在收到意见书之后、不晚于今天。', 'The request lies between receipt of the opinion and today.', stage.basis);
  }
  const [right] = await selectIn<{ dueOn: string }>(tx, 'SELECT due_on AS dueOn FROM case_clocks WHERE subject_id IN (?) AND case_id = ? AND code = ?', [opinion.id], [caseId, stage.right]);
  if (!right || right.dueOn >= input.requestedOn) return undefined;
  return refuse('RIGHT_LAPSED', `请求期限已于${right.dueOn}届满。`, `The period for asking ended on ${right.dueOn}.`, stage.basis);
}

async function unfitOrgan(tx: Stand['tx'], organUnitId: string, { opinion, basis, caseId }: { opinion: OpinionRow; basis: string; caseId: string }): Promise<StepNo | undefined> {
  const [organ, before] = await Promise.all([organOf(tx, organUnitId), organOf(tx, opinion.unitId)]);
  if (!organ || !before) return refuse('UNIT_UNKNOWN', '单位不存在或已撤销。', 'The unit is not known here or is closed.');
  if ((await excludedUnits(tx, caseId, [organ.id])).size > 0) return refuse('UNIT_EXCLUDED', '该单位依规应当回避本信访事项。', 'The unit is kept out of the case.', '《信访工作条例》第二十八条、第三十条第三款');
  return isHigherOrgan(organ, before) ? undefined : refuse('ORGAN_NOT_HIGHER', '复查、复核机关须为原机关的上一级。', 'The organ must be higher than the one before.', basis);
}

/** 听证: its days are left out of a re-review and of nothing else (第三十六条第二款). */
async function recordHearing({ clocks }: StepDeps, input: RecordHearingInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const review = await openReview(tx, row.id);
  if (!review) return refuse('ILLEGAL_STEP', '没有正在进行的复查、复核。', 'There is no review under way.', '《信访工作条例》第三十六条');
  if (input.from > input.to || input.from < review.requestedOn || input.to > today) return refuse('DATE_INVALID', '听证日期须在受理请求之后、不晚于今天。', 'The hearing lies between the request and today.');
  const before = await hearingsOf(tx, [review.id]);
  if (before.some((one) => input.from <= one.to && one.from <= input.to)) return refuse('DATE_INVALID', '听证日期与已有记录重叠。', 'The hearing overlaps one on record.');
  return keepHearingDays(tx, clocks, { review, span: { from: input.from, to: input.to }, before, requestId: actor.requestId });
}

const OUTCOME_TEXTS = { UPHELD: '维持原处理意见', CHANGED: '变更原处理意见', REVOKED: '撤销原处理意见，责令重新作出' } as const;

async function giveOpinion(deps: StepDeps, input: GiveReviewOpinionInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, today } = stand;
  const review = await openReview(tx, row.id);
  if (!review || review.id !== input.reviewId.toLowerCase()) return refuse('ILLEGAL_STEP', '没有正在进行的复查、复核。', 'There is no review under way.', '《信访工作条例》第三十六条');
  const stage = STAGES[review.kind];
  if (input.outcome === 'REVOKED' && (review.kind === 'RE_REVIEW' || !input.redoBy || input.redoBy <= today)) {
    return refuse('DATE_INVALID', '撤销并责令重作限于复查，并须指定重作期限。', 'Only a review revokes, and it names a day for the new opinion.', stage.basis);
  }
  const written = await writeOpinion(deps, {
    stand, draft: input.opinion, kind: stage.opinion, stage: review.kind, unitId: review.organUnitId, outcome: input.outcome,
    fields: { requestedOn: review.requestedOn, outcomeText: OUTCOME_TEXTS[input.outcome], redoBy: input.redoBy ?? '', remedyOrgan: '本机关的上一级机关、单位' },
  });
  if (isRefusal(written)) return written as StepNo;
  const { documentId, opinionId } = written as Exclude<typeof written, StepNo>;
  await updateVersion(tx, 'reviews', { id: review.id, version: Number(review.version), set: { outcome: input.outcome, opinion_id: opinionId, redo_by: input.redoBy ?? null } });
  if (input.outcome === 'REVOKED') await revoke(deps, { review, opinionId, redoBy: input.redoBy ?? '' }, stand);
  return {
    event: review.kind === 'REVIEW' ? 'REVIEW_OPINION_GIVEN' : 'RE_REVIEW_OPINION_GIVEN', basis: stage.basis, documentId, detail: { reviewId: review.id, opinionId, outcome: input.outcome },
  };
}

interface Revocation {
  readonly review: ReviewRow;
  readonly opinionId: string;
  readonly redoBy: string;
}

/** The revoked opinion and the revoking one both leave the ladder: what counts next is the unit's new opinion. */
async function revoke({ clocks }: StepDeps, { review, opinionId, redoBy }: Revocation, { tx, row, actor, today }: Stand): Promise<void> {
  await revokeOpinion(tx, review.ofOpinionId, today);
  await revokeOpinion(tx, opinionId, today);
  await clocks.start(tx, {
    code: 'REDO_DATE', caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: row.leadUnitId, startOn: today, assignedOn: redoBy, subject: { type: 'Review', id: review.id },
  }, actor.requestId);
}
