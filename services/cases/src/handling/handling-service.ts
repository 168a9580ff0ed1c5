import { isRefusal, refuse } from '@anjie/contracts';
import { select, type Actor } from '@anjie/service-kit/database';
import type { ExtendHandlingInput, InvestigateCaseInput, ReplyToCaseInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { opinionInForce, opinionsOf, responsesOf } from '../opinions/opinion-repository';
import { writeOpinion } from '../opinions/write-opinion';
import { reviewOfOpinion } from '../reviews/review-repository';
import { isSameOpinion } from '../rules/opinions';
import { handlingRuleOf } from '../rules/routes';

/** 办理: investigation, extension, the written opinion (第三十一条第六项、第三十二、三十四条). */
export function createHandlingService(deps: StepDeps) {
  return {
    investigate: (input: InvestigateCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'investigateCase', input, actor, action: 'HANDLE', act: 'INVESTIGATE', work: (stand) => investigate(input, stand) }),
    extend: (input: ExtendHandlingInput, actor: Actor) =>
      takeStep(deps, { operation: 'extendHandling', input, actor, action: 'EXTEND', act: 'EXTEND', work: (stand) => extend(deps, input, stand) }),
    reply: (input: ReplyToCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'replyToCase', input, actor, action: 'HANDLE', act: null, work: (stand) => reply(deps, input, stand) }),
  };
}

async function investigate(input: InvestigateCaseInput, _stand: Stand): Promise<StepOutcome | StepNo> {
  return textFault(input.note, 2, 1_000) ?? { event: 'INVESTIGATED', ground: input.note, basis: '《信访工作条例》第三十一条第六项' };
}

const ART34 = '《信访工作条例》第三十四条';

/** Once, at most what the rulebook allows, by the head, with the reason told to the petitioner. */
async function extend({ papers, clocks }: StepDeps, input: ExtendHandlingInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const no = textFault(input.reason, 10, 1_000);
  const [clock] = await clocks.open(tx, row.id, ['T8']);
  if (no || !clock || !row.leadUnitId) return no ?? refuse('NO_CLOCK', '没有可以延长的办理期限。', 'There is no handling period that could be extended.', ART34);
  if (clock.extensionDays > 0) return refuse('EXTENDED_ALREADY', '办理期限只能延长一次。', 'The period is extended once only.', ART34);
  if (clock.dueOn < today) return refuse('TOO_LATE', '办理期限已经届满，不能延期。', 'The period is over and cannot be extended.', ART34);
  const changed = await clocks.change(tx, clock, { extensionDays: input.days, requestId: actor.requestId });
  if (changed === 'NOT_ALLOWED') return refuse('EXTENSION_TOO_LONG', '延长期限超过规定。', 'The extension is longer than the rule allows.', ART34);
  const documentId = await papers.issue(tx, {
    case: row, kind: 'EXTENSION', issuerUnitId: row.leadUnitId, issuedOn: today, actor, sent: { method: input.noticeMethod, on: today },
    fields: { originalDueOn: clock.dueOn, days: input.days, dueOn: changed.dueOn, reason: input.reason, basis: ART34 },
  });
  return { event: 'EXTENDED', ground: input.reason, basis: ART34, documentId, detail: { days: input.days, dueOn: changed.dueOn, approvedBy: actor.viewer.subject } };
}

async function reply(deps: StepDeps, input: ReplyToCaseInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row } = stand;
  const redo = row.status === 'REVIEW' ? await redoOf(deps, input, stand) : undefined;
  if (redo) return redo;
  const unitId = row.leadUnitId;
  if (!unitId || !row.route) return refuse('UNIT_MISSING', '没有责任单位或者尚未分流。', 'There is no handling unit, or the matter was not routed.');
  const isSuggestion = row.route === 'ART29';
  const [accepted] = await select<{ on: string }>(tx, "SELECT MAX(occurred_on) AS `on` FROM case_events WHERE case_id = ? AND action = 'ACCEPTED'", [row.id]);
  const written = await writeOpinion(deps, {
    stand, draft: input.opinion, kind: isSuggestion ? 'SUGGESTION_REPLY' : 'OPINION', stage: 'HANDLING', unitId, outcome: null,
    fields: { acceptedOn: accepted?.on ?? row.registeredOn, remedyOrgan: '本单位的上一级机关、单位' },
  });
  if (isRefusal(written)) return written as StepNo;
  const { documentId, opinionId, promises } = written as Exclude<typeof written, StepNo>;
  return {
    act: row.status === 'REVIEW' ? 'REISSUE_REPLY' : 'REPLY', event: 'REPLIED', basis: '《信访工作条例》第三十二条', documentId,
    detail: { opinionId, promises, rule: handlingRuleOf(row.route, row.procedureKind) },
  };
}

/** 重新作出: only after a revocation, and not with the same opinion on the same facts. */
async function redoOf({ vault }: StepDeps, input: ReplyToCaseInput, { tx, row }: Stand): Promise<StepNo | undefined> {
  const revoked = (await opinionsOf(tx, [row.id])).findLast((one) => one.stage === 'HANDLING' && one.revokedOn !== null);
  const review = revoked && (await reviewOfOpinion(tx, 'REVIEW', revoked.id));
  if (!revoked || review?.outcome !== 'REVOKED' || (await opinionInForce(tx, row.id))?.stage === 'HANDLING') {
    return refuse('ILLEGAL_STEP', '复查未撤销原意见，不能重新作出处理意见。', 'The opinion was not revoked, so there is nothing to redo.', '《信访工作条例》第三十五条');
  }
  const before = (await responsesOf(tx, [revoked.id])).map((one) => ({
    claimId: one.claimId, result: one.result, answer: vault.open(one.answerSealed, { column: 'claim_responses.answer_sealed', rowId: one.id }) ?? '',
  }));
  if (!isSameOpinion(before, input.opinion.answers)) return undefined;
  return refuse('SAME_OPINION', '撤销后不得以同一事实和理由作出与原意见基本相同的意见。', 'After revocation the same opinion on the same facts is not allowed.', '《山东省信访条例》第四十五条');
}
