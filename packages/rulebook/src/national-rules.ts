/**
 * National time limits (brief §1.1, §1.4). Codes T2-T18 are the brief's. The articles are of 《信访工作条例》, in force
 * since 2022-05-01 (Art. 50), unless the row says otherwise; rows of the 2005 条例 serve matters that began before.
 */
import { parseRules, type TimeLimitRule, type TimeLimitRuleRow } from './rule';

/** Practice of the offices that no regulation dates: it held under the 2005 Regulations as well. */
const undated = { validFrom: '2005-05-01' } as const;
const work2022 = { version: '2022', jurisdictionCode: '000000', basisDocument: '《信访工作条例》', validFrom: '2022-05-01' } as const;
const petition2005 = {
  version: '2005', jurisdictionCode: '000000', basisDocument: '《信访条例》（2005）', validFrom: '2005-05-01', validTo: '2022-04-30',
} as const;
// The brief knows the year of the document, not the day it took effect: verify both before release.
const simple = {
  version: '2016', jurisdictionCode: '000000', basisDocument: '《信访事项简易办理办法（试行）》（国信发〔2016〕8号）', basisArticle: '',
  unit: 'WORKING_DAY', validFrom: '2016-01-01', force: 'RULE',
} as const;

const statutory: TimeLimitRuleRow[] = [
  {
    ...work2022, code: 'T2', stage: 'FORWARDING', amount: 15, startsOn: 'ITEM_RECEIVED', basisArticle: '第二十二条第一款',
    descriptionZh: '信访部门转送、交办', descriptionEn: 'The petition office forwards (转送) or assigns (交办) the item',
  },
  {
    ...work2022, code: 'T3', stage: 'NOTICE', amount: 15, startsOn: 'ITEM_RECEIVED', basisArticle: '第二十三条第二款',
    descriptionZh: '直接收到的，书面告知信访人', descriptionEn: 'Another organ that received the item directly tells the petitioner in writing; not when name or address is unclear',
  },
  {
    ...work2022, code: 'T4', stage: 'NOTICE', amount: 15, startsOn: 'REFERRAL_RECEIVED', basisArticle: '第二十三条第三款',
    descriptionZh: '告知接收情况以及处理途径和程序', descriptionEn: 'The unit tells the petitioner that it received the forwarded item, and the route and procedure (受理告知)',
  },
  {
    ...work2022, code: 'T5', stage: 'OBJECTION', amount: 5, unit: 'WORKING_DAY', startsOn: 'REFERRAL_RECEIVED', basisArticle: '第二十三条第三款',
    descriptionZh: '对转送、交办提出异议', descriptionEn: 'The unit objects (异议) that the item is not its own; a request that needs consent',
  },
  {
    ...work2022, code: 'T6', stage: 'JURISDICTION', kind: 'NO_PERIOD', amount: null, startsOn: 'DISPUTE_RAISED', basisArticle: '第二十四条第一款',
    descriptionZh: '受理争议由共同上级决定，无期限', descriptionEn: 'Dispute over who accepts (受理争议): the text sets no period; T4 does not stop',
  },
  {
    ...work2022, code: 'T7', stage: 'JURISDICTION', kind: 'NO_PERIOD', amount: null, startsOn: 'UNIT_CLOSED', basisArticle: '第二十四条第二款',
    descriptionZh: '机构分立、合并、撤销后的受理，无期限', descriptionEn: 'Successor of a closed or merged organ: the text sets no period',
  },
  {
    ...work2022, code: 'T8', stage: 'HANDLING', amount: 60, startsOn: 'MATTER_ACCEPTED', basisArticle: '第三十四条', onlyRoute: 'ART31_6',
    descriptionZh: '办结', descriptionEn: 'Finish handling (办结); only matters under Art. 31(6). No hearing time is left out',
  },
  {
    ...work2022, code: 'T9', stage: 'EXTENSION', amount: 30, startsOn: 'ORIGINAL_DUE', basisArticle: '第三十四条', onlyRoute: 'ART31_6',
    extendsCode: 'T8', maxTotalDays: 90,
    descriptionZh: '延长办理期限，不得超过三十日', descriptionEn: 'Extension (延期) of T8, once, at most 30 days, approved and explained to the petitioner',
  },
  {
    ...work2022, code: 'T10', stage: 'REVIEW_REQUEST', amount: 30, startsOn: 'OPINION_DELIVERED', basisArticle: '第三十五条',
    descriptionZh: '请求复查', descriptionEn: 'The petitioner asks for review (复查), from the proved delivery of the opinion',
  },
  {
    ...work2022, code: 'T11', stage: 'REVIEW', amount: 30, startsOn: 'REVIEW_REQUEST_RECEIVED', basisArticle: '第三十五条',
    descriptionZh: '作出复查意见', descriptionEn: 'The reviewing organ replies in writing (复查意见)',
  },
  {
    ...work2022, code: 'T12', stage: 'REREVIEW_REQUEST', amount: 30, startsOn: 'REVIEW_OPINION_DELIVERED', basisArticle: '第三十六条第一款',
    descriptionZh: '请求复核', descriptionEn: 'The petitioner asks for re-review (复核), from the proved delivery of the review opinion',
  },
  {
    ...work2022, code: 'T13', stage: 'REREVIEW', amount: 30, startsOn: 'REREVIEW_REQUEST_RECEIVED', basisArticle: '第三十六条第一款', excludesHearing: true,
    descriptionZh: '作出复核意见（听证时间不计入）', descriptionEn: 'The re-reviewing organ gives its opinion (复核意见); hearing time is left out, Art. 36 ¶2',
  },
];

const before2022: TimeLimitRuleRow[] = [
  {
    ...petition2005, code: 'T3', stage: 'NOTICE', amount: 15, startsOn: 'ITEM_RECEIVED', basisArticle: '第二十一条',
    descriptionZh: '决定是否受理并书面告知', descriptionEn: 'Decide on acceptance and tell the petitioner in writing (2005 text)',
  },
  {
    ...petition2005, code: 'T8', stage: 'HANDLING', amount: 60, startsOn: 'MATTER_ACCEPTED', basisArticle: '第三十三条',
    descriptionZh: '办结', descriptionEn: 'Finish handling, every accepted matter (2005 text)',
  },
  {
    ...petition2005, code: 'T18', stage: 'SUGGESTION_FEEDBACK', amount: 30, startsOn: 'SUGGESTION_DELIVERED', basisArticle: '第三十六条第二款',
    descriptionZh: '书面反馈改进建议', descriptionEn: 'Written feedback on an improvement suggestion (2005 text)',
  },
];

const documentsAndPractice: TimeLimitRuleRow[] = [
  {
    ...work2022, code: 'T18', stage: 'SUGGESTION_FEEDBACK', amount: 30, startsOn: 'SUGGESTION_DELIVERED', force: 'PRACTICE',
    basisDocument: '地方做法（沿用2005年《信访条例》第三十六条；《信访工作条例》第四十条未定日数）', basisArticle: '',
    descriptionZh: '三项建议书面反馈（默认值，可配置）',
    descriptionEn: 'Written feedback on the three suggestions (三项建议): local/2005 practice, a default to configure; Art. 40 names no number of days',
  },
  {
    ...simple, code: 'SIMPLE_OPINION', stage: 'SIMPLE_HANDLING', amount: 10, startsOn: 'MATTER_ACCEPTED', evidence: 'SECONDARY',
    descriptionZh: '简易办理：作出处理意见', descriptionEn: 'Simple procedure (简易办理): opinion on a first-time, clear, undisputed matter',
  },
  {
    ...simple, code: 'SIMPLE_DECISION', stage: 'SIMPLE_ACCEPTANCE', amount: 3, startsOn: 'ITEM_RECEIVED', evidence: 'UNVERIFIED',
    descriptionZh: '简易办理：转送、决定受理', descriptionEn: 'Simple procedure: forward and decide on acceptance; verify the text before release',
  },
  {
    ...work2022, ...undated, code: 'REFERRAL_SIGN', stage: 'REFERRAL', amount: 5, unit: 'WORKING_DAY', startsOn: 'REFERRAL_DELIVERED', force: 'PRACTICE',
    basisDocument: '地方做法，参照《信访工作条例》', basisArticle: '第二十三条第三款',
    descriptionZh: '签收或者提出异议', descriptionEn: 'Sign for the referral or object: local practice, by analogy with Art. 23 ¶3',
  },
  {
    ...work2022, ...undated, code: 'REFERRAL_COMPLETE', stage: 'REFERRAL', kind: 'ASSIGNED_DATE', amount: null, startsOn: 'REFERRAL_ACCEPTED', force: 'PRACTICE',
    basisDocument: '接办单位书面承诺的办结日期', basisArticle: '',
    descriptionZh: '转办事项办结（接办单位承诺的日期）', descriptionEn: 'Finish a referred matter: the date the accepting unit promised, not computed and not shifted',
  },
  {
    ...work2022, ...undated, code: 'CAMPAIGN_LIMIT', stage: 'CAMPAIGN', kind: 'ASSIGNED_DATE', amount: null, startsOn: 'CASE_ASSIGNED', force: 'PRACTICE',
    basisDocument: '专项工作方案', basisArticle: '',
    descriptionZh: '专项工作限期（交办时指定的日期）', descriptionEn: 'Campaign limit: the date typed at assignment, not computed and not shifted',
  },
  {
    ...work2022, ...undated, code: 'COORDINATION', stage: 'JURISDICTION', amount: 5, unit: 'WORKING_DAY', startsOn: 'COORDINATION_REQUESTED', force: 'PRACTICE',
    basisDocument: '地方做法，参照《信访工作条例》', basisArticle: '第二十四条第一款',
    descriptionZh: '协调会商申请的决定', descriptionEn: 'Decide a request for coordination (协调会商) among places: practice, a default to configure; Art. 24 ¶1 names no number of days',
  },
  {
    ...work2022, ...undated, code: 'GUIDANCE', stage: 'CAMPAIGN', kind: 'ASSIGNED_DATE', amount: null, startsOn: 'CASE_ASSIGNED', force: 'PRACTICE',
    basisDocument: '双向交办要求', basisArticle: '',
    descriptionZh: '提出指导意见（交办时指定的日期）', descriptionEn: 'Guidance by the line department (双向交办): the date typed at assignment, not computed and not shifted',
  },
];

/** All national rules, validated when the module loads. */
export const nationalRules: readonly TimeLimitRule[] = parseRules([...statutory, ...before2022, ...documentsAndPractice]);
