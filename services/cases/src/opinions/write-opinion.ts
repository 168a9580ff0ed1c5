import { refuse } from '@anjie/contracts';
import { claimsOf, type ClaimRow } from '../claims/claim-repository';
import { promiseExecutions } from '../executions/execution-service';
import type { OpinionInput } from '../generated/graphql';
import type { Stand, StepDeps, StepNo } from '../life/step';
import { textFault } from '../life/step';
import type { DocumentKind } from '../rules/documents';
import { opinionFault, RESULT_TEXTS, type OpinionFault } from '../rules/opinions';
import { insertOpinion, type OpinionStage, type ReviewOutcome } from './opinion-repository';

const WORDS: Readonly<Record<OpinionFault, readonly [zh: string, en: string]>> = {
  CLAIMS_MISSING: ['没有登记诉求，须先登记诉求再逐条答复。', 'No claim is recorded: record the claims, then answer each.'],
  CLAIM_UNANSWERED: ['有诉求没有答复，须逐条答复。', 'A claim is not answered; each claim needs its answer.'],
  CLAIM_TWICE: ['同一诉求答复了两次。', 'A claim is answered twice.'],
  CLAIM_UNKNOWN: ['答复的诉求不属于本事项。', 'An answer is about a claim of another case.'],
  FACTS_LENGTH: ['事实和理由须为10至20000字。', 'Facts and reasons must have 10 to 20,000 characters.'],
  ANSWER_LENGTH: ['每条答复须为4至4000字。', 'Each answer must have 4 to 4,000 characters.'],
  BASIS_MISSING: ['每条答复须写明法律依据的名称和条款。', 'Each answer names the document and the article that it rests on.'],
  ONLY_PROCESS: ['答复只写办理过程，没有处理结果，不能以办理过程代替处理意见。', 'The answer only tells the process and gives no result.'],
  PROMISE_MISSING: ['支持诉求的，须写明落实措施和完成日期。', 'A supporting answer names what is done and by when.'],
  PROMISE_NOT_SUPPORTED: ['只有支持的诉求可以有落实措施。', 'Only a supported claim carries a promise.'],
  PROMISE_DATE: ['落实措施须有晚于今天的完成日期。', 'A promise needs a day after today.'],
};

export interface OpinionOrder {
  readonly stand: Stand;
  readonly draft: OpinionInput;
  readonly kind: DocumentKind;
  readonly stage: OpinionStage;
  readonly unitId: string;
  readonly outcome: ReviewOutcome | null;
  /** Further values that the template asks for. */
  readonly fields: Readonly<Record<string, unknown>>;
}
export interface WrittenOpinion {
  readonly documentId: string;
  readonly opinionId: string;
  readonly promises: number;
}

/** Checks an opinion against 第三十二条, prints and stores it, and makes an execution of each promise. */
export async function writeOpinion(deps: StepDeps, order: OpinionOrder): Promise<WrittenOpinion | StepNo> {
  const { stand: { tx, row, actor, today }, draft, kind, stage, unitId, outcome } = order;
  const claims = (await claimsOf(tx, [row.id])).filter((claim) => claim.withdrawnOn === null);
  const no = faultOf(draft, claims, today);
  if (no) return no;
  const documentId = await deps.papers.issue(tx, { case: row, kind, issuerUnitId: unitId, issuedOn: today, actor, fields: { ...order.fields, ...printed(draft, claims) } });
  const opinionId = await insertOpinion(tx, deps.vault, { caseId: row.id, stage, unitId, documentId, outcome, facts: draft.facts, answers: draft.answers, issuedOn: today });
  const promised = draft.answers.filter((answer) => answer.promise && answer.promiseDueOn);
  await promiseExecutions(deps, order.stand, promised.map((answer) => ({
    sourceType: 'OPINION', sourceId: opinionId, claimId: answer.claimId, unitId: row.leadUnitId ?? unitId, promise: answer.promise ?? '', dueOn: answer.promiseDueOn ?? '',
  })));
  return { documentId, opinionId, promises: promised.length };
}

function faultOf(draft: OpinionInput, claims: readonly ClaimRow[], today: string): StepNo | undefined {
  const found = opinionFault(draft, claims.map((claim) => claim.id), today);
  if (found) {
    const [zh, en] = WORDS[found.fault];
    const at = claims.find((claim) => claim.id === found.claimId);
    return refuse('OPINION_FAULT', at ? `诉求${at.ordinal}：${zh}` : zh, at ? `Claim ${at.ordinal}: ${en}` : en, '《信访工作条例》第三十二条');
  }
  const texts = [draft.facts, ...draft.answers.flatMap((answer) => [answer.answer, answer.basisDocument, answer.basisArticle, answer.promise ?? ''])];
  return texts.map((text) => textFault(text, 0, 20_000)).find((no) => no !== undefined);
}

const printed = (draft: OpinionInput, claims: readonly ClaimRow[]) => ({
  facts: draft.facts,
  responses: claims.map((claim) => {
    const answer = draft.answers.find((one) => one.claimId === claim.id);
    return {
      claim: claim.clarified ?? claim.stated, resultText: answer ? RESULT_TEXTS[answer.result] : '', answer: answer?.answer ?? '',
      basis: `${answer?.basisDocument ?? ''}${answer?.basisArticle ?? ''}`, promise: answer?.promise ?? '', promiseDueOn: answer?.promiseDueOn ?? '',
    };
  }),
});

