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
  GUIDANCE: { 'zh-CN': '提出指导意见', en: 'give guidance' },
  REFERRAL_SIGN: { 'zh-CN': '签收转办事项或提出异议', en: 'sign for the referral or object' },
  REFERRAL_COMPLETE: { 'zh-CN': '办结转办事项', en: 'complete the referral' },
  RECTIFICATION: { 'zh-CN': '按结案审核退回意见整改', en: 'rectify what the close review returned' },
  BACK_TRACE: { 'zh-CN': '对责任倒查请求作出决定', en: 'decide on the back-trace request' },
  REPLY_SUPERVISION_LETTER: { 'zh-CN': '回复督办函件', en: 'reply to the supervision letter' },
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
