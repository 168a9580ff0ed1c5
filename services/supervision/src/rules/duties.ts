import type { TimeLimitRule } from '@anjie/rulebook';

export type Locale = 'zh-CN' | 'en';
type Words = Readonly<Record<Locale, string>>;

/** Names of the duties that are known here; another service may declare more, then the rule's own words serve. */
const NAMES: Readonly<Record<string, Words>> = {
  T2: { 'zh-CN': '转送、交办', en: 'forward or assign' },
  T4: { 'zh-CN': '告知接收情况和处理途径', en: 'tell that it is received and how it is handled' },
  T8: { 'zh-CN': '办结', en: 'finish handling' },
  T11: { 'zh-CN': '作出复查意见', en: 'give the review opinion' },
  T13: { 'zh-CN': '作出复核意见', en: 'give the re-review opinion' },
  CAMPAIGN_LIMIT: { 'zh-CN': '化解信访积案（专项工作限期）', en: 'resolve the ledger case within the campaign limit' },
  COORDINATION: { 'zh-CN': '决定协调会商申请', en: 'decide the request for coordination' },
  DUTY_LINE: { 'zh-CN': '落实“三到位”责任', en: 'discharge a duty line of the case' },
  GUIDANCE: { 'zh-CN': '提出指导意见', en: 'give guidance' },
  REFERRAL_SIGN: { 'zh-CN': '签收转办事项或提出异议', en: 'sign for the referral or object' },
  REFERRAL_COMPLETE: { 'zh-CN': '办结转办事项', en: 'complete the referral' },
  AID_DECISION: { 'zh-CN': '对救助申请作出决定', en: 'decide on the application for aid' },
  AGREEMENT_ITEM: { 'zh-CN': '履行调解、和解协议的约定', en: 'perform what the agreement promises' },
  LEGAL_OPINION: { 'zh-CN': '出具法律审查意见书', en: 'deliver the legal opinion' },
  RECTIFICATION: { 'zh-CN': '按结案审核退回意见整改', en: 'rectify what the close review returned' },
  BACK_TRACE: { 'zh-CN': '对责任倒查请求作出决定', en: 'decide on the back-trace request' },
  RECTIFY_AFTER_INTERVIEW: { 'zh-CN': '约谈后限期整改', en: 'rectify after the interview' },
  LISTED_SUPERVISION: { 'zh-CN': '挂牌督办事项限期办结', en: 'settle the listed case by its day' },
  REPLY_SUPERVISION_LETTER: { 'zh-CN': '回复督办函件', en: 'reply to the supervision letter' },
  MEETING_DECISION: { 'zh-CN': '落实会议议定事项', en: 'carry out what the meeting decided' },
  MEETING_MINUTES: { 'zh-CN': '印发会议纪要', en: 'issue the minutes' },
  DISPUTE_COORDINATION: { 'zh-CN': '协调转办争议', en: 'settle the dispute about the referral' },
  PROGRAMME_MEASURE: { 'zh-CN': '落实专项工作措施', en: 'carry out the measure of a programme' },
  EARLY_DISPUTE: { 'zh-CN': '处理苗头性问题并反馈', en: 'deal with the issue from the grid and say what came of it' },
  INSPECTION_REPORT: { 'zh-CN': '提交督查报告', en: 'report on the inspection' },
  INSPECTION_RECTIFICATION: { 'zh-CN': '整改督查发现的问题', en: 'rectify what the inspection found' },
  SHARED_FOLLOW_UP: { 'zh-CN': '一体担责，督促整改到位', en: 'see the rectification through, sharing the responsibility' },
  INQUIRY_CONCLUSION: { 'zh-CN': '作出责任倒查结论', en: 'conclude the back-trace inquiry' },
  INQUIRY_APPEAL: { 'zh-CN': '决定责任倒查申诉', en: 'decide the appeal against the inquiry' },
  PROMISE: { 'zh-CN': '兑现领导活动中作出的承诺', en: 'keep what was promised at an activity of a leader' },
  SPONSOR_DUTY: { 'zh-CN': '包案领导职责（“六包”）', en: 'duty of the sponsor' },
  HAND_OVER: { 'zh-CN': '交接包案', en: 'hand the sponsored case over' },
  REFERRAL_CO_SIGN: { 'zh-CN': '签收协办事项', en: 'sign for the part in a referral' },
  REFERRAL_CO_COMPLETE: { 'zh-CN': '完成协办', en: 'finish the part in a referral' },
  VISIT_DUE: { 'zh-CN': '安排回访（本人可以谢绝）', en: 'offer a follow-up visit (the person may decline)' },
  AGENCY_DUE: { 'zh-CN': '完成信访代办', en: 'finish the agency task' },
};

/** The duty in words: its own name, else the name of the rule that limits it, else its code. */
export function dutyName(duty: { readonly dutyCode: string; readonly ruleCode: string }, rules: readonly TimeLimitRule[], locale: Locale): string {
  const own = NAMES[duty.dutyCode]?.[locale];
  if (own) return own;
  const rule = rules.find((one) => one.code === duty.dutyCode) ?? rules.find((one) => one.code === duty.ruleCode);
  if (!rule) return duty.dutyCode;
  return locale === 'en' ? rule.descriptionEn : rule.descriptionZh;
}
