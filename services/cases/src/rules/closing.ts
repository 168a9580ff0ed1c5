/** 结案: four ends that are never one (brief §0.1 #5), the gate before close review (§2.3 #12), and what comes after. */

/** 办结 · 终结 · 审核认定办结 · 化解. */
export type EndKind = 'HANDLED' | 'TERMINATED' | 'RECOGNISED' | 'RESOLVED';
/** 实体化解 · 程序化解 (brief §3.2 #30). */
export type Track = 'SUBSTANTIVE' | 'PROCEDURAL';
export type ProposedEnd = 'RESOLVED' | 'ARCHIVED';
/** 三个不结案 (brief §3.7 #111): recorded with reasons and a further plan; they never block the statutory reply or finality. */
export type ReservationCode = 'CLUE_NOT_CLEARED' | 'PROBLEM_NOT_SOLVED' | 'PETITIONER_DISSATISFIED';

export const RESERVATION_TEXTS: Readonly<Record<ReservationCode, string>> = {
  CLUE_NOT_CLEARED: '线索尚未查清', PROBLEM_NOT_SOLVED: '问题尚未解决', PETITIONER_DISSATISFIED: '信访人不满意',
};
export const TRACK_TEXTS: Readonly<Record<Track, string>> = { SUBSTANTIVE: '实体化解类', PROCEDURAL: '程序化解类' };

/** 程序终结的理由, with the text that names it (brief §2.2). */
export type TerminationGround =
  | 'RE_REVIEW_DELIVERED' | 'REVIEW_NOT_REQUESTED' | 'RE_REVIEW_NOT_REQUESTED' | 'SETTLEMENT_PERFORMED' | 'NO_SUCCESSOR' | 'VERIFIED_FINAL';

interface GroundWords {
  readonly zh: string;
  readonly basis: string;
}
export const TERMINATION_GROUNDS: Readonly<Record<TerminationGround, GroundWords>> = {
  RE_REVIEW_DELIVERED: { zh: '复核意见已经送达', basis: '《信访工作条例》第三十六条第三款' },
  REVIEW_NOT_REQUESTED: { zh: '规定期限内未请求复查', basis: '《浙江省信访条例》第二十五条、《山东省信访条例》第四十六条' },
  RE_REVIEW_NOT_REQUESTED: { zh: '规定期限内未请求复核', basis: '《浙江省信访条例》第二十五条、《山东省信访条例》第四十六条' },
  SETTLEMENT_PERFORMED: { zh: '达成协议并履行完毕', basis: '《浙江省信访条例》第二十五条' },
  NO_SUCCESSOR: { zh: '信访人死亡或者终止且无权利义务承受人', basis: '《山东省信访条例》第四十六条' },
  VERIFIED_FINAL: { zh: '核查终结经审核同意', basis: '《上海市信访条例》第四十二条' },
};

/** A ground is a fact on record, not a word. The last two rest on local instruments: the paper that proves them is in the file, and the note says which. */
export const isGroundMet = (
  ground: TerminationGround,
  facts: { readonly reReviewDelivered: boolean; readonly reviewLapsed: boolean; readonly reReviewLapsed: boolean; readonly settlementPerformed: boolean },
): boolean =>
  ({
    RE_REVIEW_DELIVERED: facts.reReviewDelivered, REVIEW_NOT_REQUESTED: facts.reviewLapsed, RE_REVIEW_NOT_REQUESTED: facts.reReviewLapsed,
    SETTLEMENT_PERFORMED: facts.settlementPerformed, NO_SUCCESSOR: true, VERIFIED_FINAL: true,
  })[ground];

export interface GateFacts {
  readonly proposedEnd: ProposedEnd;
  readonly track: Track;
  /** Claims of the case without an answer in the opinion in force; all of them where there is no opinion. */
  readonly unansweredClaims: number;
  readonly pendingExecutions: number;
  /** A signed opinion of the sponsor, or of the unit's head where there is none, that agrees. */
  readonly hasLeaderOpinion: boolean;
  /** Ended by law: re-review, lapse, settlement, legal route. */
  readonly isTerminated: boolean;
  readonly isRoutedToLegal: boolean;
  readonly hasDeliveredReply: boolean;
  readonly hasSettlement: boolean;
  readonly hasAcceptance: boolean;
  /** Characters of the evidence text (三到位). */
  readonly evidenceLength: number;
}

export type GateCode = 'LEADER_OPINION' | 'CLAIMS_ANSWERED' | 'EXECUTION_DONE' | 'ACCEPTANCE_NOTICE' | 'REPLY_DELIVERED' | 'EVIDENCE' | 'SUBSTANCE';

export interface GateItem {
  readonly code: GateCode;
  readonly isMet: boolean;
  readonly zh: string;
  readonly en: string;
  readonly basis: string;
}

const item = (code: GateCode, isMet: boolean, words: readonly [zh: string, en: string, basis: string]): GateItem => ({ code, isMet, zh: words[0], en: words[1], basis: words[2] });

/**
 * What a case must show before it is handed in. There is no item by which a petitioner would sign anything, and none that
 * asks whether they are content: 化解 is judged by what was done, 满意 is measured after closing.
 */
export function closeGate(facts: GateFacts): GateItem[] {
  const byLaw = facts.isRoutedToLegal;
  return [
    item('LEADER_OPINION', facts.hasLeaderOpinion, ['包案领导（无包案领导的，责任单位主要负责人）签署书面意见', 'signed opinion of the sponsor, or of the unit’s head', '兴庆区工作方案（实践）']),
    item('ACCEPTANCE_NOTICE', byLaw || facts.hasAcceptance || facts.isTerminated, ['受理告知书', 'acceptance notice', '《信访工作条例》第二十三条']),
    item('CLAIMS_ANSWERED', byLaw || facts.hasSettlement || facts.unansweredClaims === 0, ['逐条答复诉求', 'each claim answered', '《信访工作条例》第三十二条']),
    item('REPLY_DELIVERED', byLaw || facts.hasSettlement || facts.hasDeliveredReply, ['处理意见书已送达', 'the written opinion was delivered', '《信访工作条例》第三十五条']),
    item('EXECUTION_DONE', facts.pendingExecutions === 0, ['支持的诉求和协议已落实', 'everything promised is carried out', '《信访工作条例》第三十二条第二款']),
    item('EVIDENCE', facts.evidenceLength >= 10, ['“三到位一处理”落实情况', 'what was done, as evidence', '《信访工作条例》第二十七条']),
    // 防止程序性办结代替实际问题解决 (S1): a procedural case is 化解 only when its procedures are at an end
    item('SUBSTANCE', facts.proposedEnd === 'ARCHIVED' || facts.track === 'SUBSTANTIVE' || facts.isTerminated || byLaw, ['程序化解的，法定程序已经到位', 'on the procedural track the procedures are at their end', '《信访工作条例》第二十七条']),
  ];
}

/** First day on which a repeat is no relapse within the watch any more. */
export const isWithinWatch = (relapseUntil: string | null, on: string): boolean => relapseUntil !== null && on <= relapseUntil;
