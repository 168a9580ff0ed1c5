/** 信访处理意见书 (《信访工作条例》第三十二条): one answer per claim, on facts and law, with a result and not with a process. */

export type ClaimResult = 'SUPPORTED' | 'EXPLAINED' | 'NOT_SUPPORTED';

/** 支持 · 合理但缺乏法律依据，解释说明 · 不支持 (第三十二条第一款). */
export const RESULT_TEXTS: Readonly<Record<ClaimResult, string>> = {
  SUPPORTED: '予以支持',
  EXPLAINED: '请求合理但缺乏法律依据，现作解释说明',
  NOT_SUPPORTED: '不予支持',
};

export interface ClaimAnswer {
  readonly claimId: string;
  readonly result: ClaimResult;
  readonly answer: string;
  readonly basisDocument: string;
  readonly basisArticle: string;
  readonly promise?: string | null | undefined;
  readonly promiseDueOn?: string | null | undefined;
}

export interface OpinionDraft {
  readonly facts: string;
  readonly answers: readonly ClaimAnswer[];
}

export type OpinionFault =
  | 'CLAIMS_MISSING' | 'CLAIM_UNANSWERED' | 'CLAIM_TWICE' | 'CLAIM_UNKNOWN' | 'FACTS_LENGTH' | 'ANSWER_LENGTH' | 'BASIS_MISSING' | 'ONLY_PROCESS'
  | 'PROMISE_MISSING' | 'PROMISE_NOT_SUPPORTED' | 'PROMISE_DATE';

const lengthOf = (text: string | null | undefined): number => [...(text ?? '').trim()].length;

/** What is under way, without what came of it. */
const PROCESS = /正在|将(?:进一步|尽快|及时|继续|会同|组织|研究)|待[\p{Script=Han}]{0,6}后|已(?:转|交|移交|报送|上报|安排|列入|启动)|下一步|抓紧|协调(?:中|解决)|研究(?:中|解决)?方案|请(?:您)?耐心等待|持续(?:关注|推进)|跟踪(?:办理|督办)|另行(?:答复|告知|回复)/u;
/** A result: granted, done, paid, refused, or found to be so. */
const RESULT = /予以支持|不予支持|予以|不予|不属于|不符合|符合|应当|已(?:经)?(?:发放|支付|兑付|补发|补缴|办理|办结|完成|修复|整改|退还|赔偿|补偿|拆除|安置|登记|颁发|纠正|落实)|决定|认定|给予|同意|无(?:法律|政策)?依据|没有(?:法律|政策)?依据|属实|不实|(?:不)?成立/u;

/** 以办理过程代替办理结果: a text whose clauses tell what is under way and none of them a result (brief §2.3 #5). */
export function isOnlyProcess(text: string): boolean {
  const clauses = text.split(/[，,。；;：:！!？?\n]/).map((one) => one.trim()).filter((one) => lengthOf(one) > 1);
  if (clauses.length === 0) return true;
  const isConclusive = clauses.some((one) => RESULT.test(one) && !PROCESS.test(one));
  return !isConclusive && clauses.some((one) => PROCESS.test(one));
}

/** The first thing that keeps an opinion from being issued, and which claim it is about; undefined when it may be issued. */
export function opinionFault(draft: OpinionDraft, claimIds: readonly string[], today: string): { fault: OpinionFault; claimId: string | null } | undefined {
  const about = (fault: OpinionFault, claimId: string | null = null) => ({ fault, claimId });
  if (claimIds.length === 0) return about('CLAIMS_MISSING');
  const answered = draft.answers.map((one) => one.claimId);
  const unknown = answered.find((id) => !claimIds.includes(id));
  if (unknown) return about('CLAIM_UNKNOWN', unknown);
  const twice = answered.find((id, i) => answered.indexOf(id) !== i);
  if (twice) return about('CLAIM_TWICE', twice);
  const missing = claimIds.find((id) => !answered.includes(id));
  if (missing) return about('CLAIM_UNANSWERED', missing);
  if (lengthOf(draft.facts) < 10 || lengthOf(draft.facts) > 20_000) return about('FACTS_LENGTH');
  for (const answer of draft.answers) {
    const fault = answerFault(answer, today);
    if (fault) return about(fault, answer.claimId);
  }
  return undefined;
}

function answerFault(answer: ClaimAnswer, today: string): OpinionFault | undefined {
  if (lengthOf(answer.answer) < 4 || lengthOf(answer.answer) > 4_000) return 'ANSWER_LENGTH';
  if (lengthOf(answer.basisDocument) < 2 || lengthOf(answer.basisDocument) > 150 || lengthOf(answer.basisArticle) < 2 || lengthOf(answer.basisArticle) > 100) return 'BASIS_MISSING';
  if (isOnlyProcess(answer.answer)) return 'ONLY_PROCESS';
  return promiseFault(answer, today);
}

/** A supporting answer is carried out: what, and by when (第三十二条第二款); what is done already needs no promise. */
function promiseFault({ result, answer, promise, promiseDueOn }: ClaimAnswer, today: string): OpinionFault | undefined {
  const isPromised = lengthOf(promise) > 0;
  if (isPromised && result !== 'SUPPORTED') return 'PROMISE_NOT_SUPPORTED';
  if (isPromised && (lengthOf(promise) > 500 || !promiseDueOn || promiseDueOn <= today)) return 'PROMISE_DATE';
  const isDone = /已(?:经)?(?:发放|支付|兑付|补发|补缴|办理|办结|完成|修复|整改|退还|赔偿|补偿|拆除|安置|登记|颁发|纠正|落实)/u.test(answer);
  return result === 'SUPPORTED' && !isPromised && !isDone ? 'PROMISE_MISSING' : undefined;
}

/** 撤销并责令重作: the same answers again are no new opinion (brief §2.3 #8). */
export function isSameOpinion(before: readonly Pick<ClaimAnswer, 'claimId' | 'result' | 'answer'>[], after: readonly Pick<ClaimAnswer, 'claimId' | 'result' | 'answer'>[]): boolean {
  const plain = (text: string): string => text.replace(/[\s\p{P}]/gu, '');
  return after.every((one) => before.some((old) => old.claimId === one.claimId && old.result === one.result && plain(old.answer) === plain(one.answer)));
}
