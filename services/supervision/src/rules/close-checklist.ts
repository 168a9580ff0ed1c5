/** The checklist of the close review (结案审核) as data: each item with its words, its basis and the reason a failure gives. */

export type Track = 'SUBSTANTIVE' | 'PROCEDURAL';
export type ProposedEnd = 'RESOLVED' | 'ARCHIVED';

export const CHECKLIST_CODES = [
  'LEADER_OPINION', 'CLAIMS_ANSWERED', 'ACTUAL_RESULT', 'RESULT_REPORTED', 'FACTS_CLEAR', 'EXECUTION_DONE', 'MATERIALS_COMPLETE', 'DELIVERY_PROVED',
  'NO_UNDERTAKING_DEMANDED',
] as const;
export type ChecklistCode = (typeof CHECKLIST_CODES)[number];

export const REASON_CODES = [
  'OPINION_MISSING', 'CLAIM_UNANSWERED', 'PROCEDURE_INSTEAD_OF_RESULT', 'PROCESS_REPORTED_AS_RESULT', 'FACTS_UNCLEAR', 'EXECUTION_PENDING', 'MATERIAL_MISSING',
  'DELIVERY_UNPROVED', 'UNDERTAKING_DEMANDED', 'OTHER',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface ChecklistItem {
  readonly code: ChecklistCode;
  readonly zh: string;
  readonly en: string;
  readonly basis: string;
  /** The ground on which a file that fails here goes back. */
  readonly reason: ReasonCode;
  /** Tracks on which the item may be found not to apply. */
  readonly inapplicableOn: readonly Track[];
}

/** Practice of the campaigns; no regulation words it. */
const CAMPAIGN = '专项工作方案';

export const CHECKLIST: readonly ChecklistItem[] = [
  {
    code: 'LEADER_OPINION', reason: 'OPINION_MISSING', inapplicableOn: [], basis: `${CAMPAIGN}：包案领导对办结报告签署书面意见`,
    zh: '包案领导（无包案领导的，责任单位主要负责人）已对办结报告签署书面意见', en: 'The sponsor, or where there is none the head of the lead unit, signed an opinion on the closing report',
  },
  {
    code: 'CLAIMS_ANSWERED', reason: 'CLAIM_UNANSWERED', inapplicableOn: [], basis: `《信访工作条例》第三十二条；${CAMPAIGN}：逐条反馈`,
    zh: '对每项诉求逐条作出答复', en: 'Every claim has its own answer',
  },
  {
    code: 'ACTUAL_RESULT', reason: 'PROCEDURE_INSTEAD_OF_RESULT', inapplicableOn: ['PROCEDURAL'], basis: `${CAMPAIGN}：防止以程序性办结代替实际问题解决`,
    zh: '实际问题已解决，不以程序性办结代替', en: 'The problem itself is solved; a finished procedure does not stand in for it',
  },
  {
    code: 'RESULT_REPORTED', reason: 'PROCESS_REPORTED_AS_RESULT', inapplicableOn: [], basis: `${CAMPAIGN}：防止将办理过程作为办结意见上报`,
    zh: '办结意见写明结果，不是办理过程', en: 'The closing report states a result, not what was done on the way',
  },
  {
    code: 'FACTS_CLEAR', reason: 'FACTS_UNCLEAR', inapplicableOn: [], basis: '《信访工作条例》第三十二条',
    zh: '事实清楚，依据明确', en: 'The facts are clear and the legal basis is stated',
  },
  {
    code: 'EXECUTION_DONE', reason: 'EXECUTION_PENDING', inapplicableOn: ['SUBSTANTIVE', 'PROCEDURAL'], basis: '《信访工作条例》第三十二条第二款',
    zh: '支持诉求的处理意见已执行', en: 'What the opinion granted has been carried out',
  },
  {
    code: 'MATERIALS_COMPLETE', reason: 'MATERIAL_MISSING', inapplicableOn: [], basis: `${CAMPAIGN}：对上报的积案办结材料严格把关`,
    zh: '办结材料齐全', en: 'The file is complete',
  },
  {
    code: 'DELIVERY_PROVED', reason: 'DELIVERY_UNPROVED', inapplicableOn: [], basis: '《信访工作条例》第三十五条',
    zh: '书面答复已送达并有凭证', en: 'The written reply was delivered, with proof',
  },
  {
    code: 'NO_UNDERTAKING_DEMANDED', reason: 'UNDERTAKING_DEMANDED', inapplicableOn: [], basis: '信访人依《信访工作条例》第三十五条、第三十六条享有的权利不得以承诺换取',
    zh: '未要求信访人以放弃权利的承诺作为解决或救助的条件', en: 'Nobody was asked to promise to give up a right in exchange for the solution or for aid',
  },
];

export const checklistItem = (code: string): ChecklistItem | undefined => CHECKLIST.find((item) => item.code === code);
