import { refuse, type Refusal } from '@anjie/contracts';

export type InquiryRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'OF_TRACED_UNIT' | 'PART_IN_CASE' | 'SAME_PERSON' | 'WRONG_STATE' | 'PARTY_UNKNOWN' | 'DATE_NOT_ACCEPTABLE' | 'FINDINGS_CONTRADICT'
  | 'REPLY_PENDING' | 'REPLY_OVER' | 'NOT_CONCERNED' | 'OBJECTION_EXEMPTS' | 'INSTRUMENT_NEEDED' | 'APPEAL_OVER' | 'TEXT_NOT_ACCEPTABLE' | 'GROUND_UNKNOWN';
export type InquiryRefusal = Refusal<InquiryRefusalCode>;

const RECUSAL = '《信访工作条例》第二十八条';
const LIABILITY = '《信访工作责任制实施办法》';
const PRACTICE = '地方做法（责任倒查，一案一查）';

export const inquiryRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '责任倒查由决定倒查的联席办调查，申诉由其上级联席办决定。', 'The joint office that ordered the inquiry conducts it; an appeal is decided by one above.'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '须由被倒查单位所在辖区或其上级的联席办办理。', "Only the joint office of the unit's division or one above may act."),
  ofTracedUnit: () => refuse('OF_TRACED_UNIT', '被倒查单位、涉及单位及其下属单位的人员应当回避。', 'Nobody of the traced unit, of a unit that a finding concerns, or of a unit below them may act.', RECUSAL),
  partInCase: () => refuse('PART_IN_CASE', '包案领导、专班成员和办理单位的人员应当回避。', 'Whoever sponsored or handled the case may not act.', RECUSAL),
  samePerson: () => refuse('SAME_PERSON', '提出结论的人不得审定；调查、提出和审定结论的人及其单位不得决定申诉。', 'Whoever proposed the conclusion does not confirm it; nobody who inquired, proposed or confirmed, nor that office, decides the appeal.', PRACTICE),
  wrongState: () => refuse('WRONG_STATE', '倒查当前阶段不允许此操作。', 'The inquiry is not at a stage that allows this.'),
  groundUnknown: () => refuse('GROUND_UNKNOWN', '没有此追责情形。', 'There is no such ground.', '《信访工作条例》第四十二条至第四十六条'),
  partyUnknown: () => refuse('PARTY_UNKNOWN', '单位或干部不存在、已撤并，或责任类型与对象不符。', 'A unit or an official is unknown or closed, or does not go with the kind of responsibility.'),
  badDate: () => refuse('DATE_NOT_ACCEPTABLE', '日期无效：发生日期不得晚于今日；申辩期限不得短于规定的日数。', 'The date does not fit: an act lies not after today; the time to reply is not shorter than the rule gives.'),
  contradiction: () => refuse('FINDINGS_CONTRADICT', '结论与认定不一致：有责须至少认定一项，无责不得认定；各项须各有一个认定。', 'The conclusion contradicts the findings: fault needs one that stands, no fault has none; each finding is judged once.'),
  replyPending: () => refuse('REPLY_PENDING', '涉及的单位和人员尚可申辩，期限未满。', 'Those whom the findings concern may still reply.', PRACTICE),
  replyOver: () => refuse('REPLY_OVER', '已经申辩，或申辩期限已满。', 'They have replied, or their time to reply is over.', PRACTICE),
  notConcerned: () => refuse('NOT_CONCERNED', '该项不涉及您或您的单位。', 'The finding, or the conclusion, concerns neither you nor your unit.'),
  objectionExempts: () => refuse('OBJECTION_EXEMPTS', '对错误决策明确提出过反对意见的，不承担领导责任。', 'An official who explicitly objected bears no leadership liability.', LIABILITY),
  instrumentNeeded: () => refuse('INSTRUMENT_NEEDED', '有责的结论须写明建议采取的问责方式，无责的不得写。', 'Fault names the kind of instrument that is proposed; no fault names none.', LIABILITY),
  appealOver: () => refuse('APPEAL_OVER', '只能对有责结论申诉一次，且须在期限之内。', 'Only a conclusion of fault is appealed against, once, and in time.', PRACTICE),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字为空、过长、含控制字符，或记有对信访人的管控内容。', 'A text is empty, too long, holds control characters, or speaks of watching people who petition.'),
} satisfies Record<string, () => InquiryRefusal>;
