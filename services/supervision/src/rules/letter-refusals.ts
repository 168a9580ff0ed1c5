import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';

export type LetterRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'UNIT_NOT_IN_CASE' | 'UNIT_EXCLUDED' | 'TEXT_NOT_ACCEPTABLE' | 'REPLY_DATE_NOT_ACCEPTABLE' | 'WRONG_STATE' | 'CASE_SEALED'
  | 'KIND_UNKNOWN' | 'CASE_MISSING' | 'OUTSIDE_DIVISION' | 'WRONG_ADDRESSEE' | 'EVIDENCE_MISSING' | 'ACCOUNTABILITY_GROUND_MISSING' | 'APPROVER_MISSING' | 'SAME_PERSON'
  | 'RUNG_NOT_OPEN' | 'NOT_FOR_COMMISSIONER' | 'FIRST_PETITION_IS_NO_RUNG' | 'WRONG_FEEDBACK' | 'ALREADY_OBJECTED' | 'INTERVIEW_RECORD_MISSING' | 'DAY_NOT_ACCEPTABLE';
export type LetterRefusal = Refusal<LetterRefusalCode>;

/** 《信访工作条例》第四十条: the petition office supervises and puts forward suggestions. */
export const LETTER_BASIS = '《信访工作条例》第四十条';
const RECUSAL = '《信访工作条例》第二十八条第三款';

export const letterRefusals = {
  notFound: (): LetterRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  sealed: (): LetterRefusal => caseIsSealed(),
  notPermitted: (): LetterRefusal => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  unitNotInCase: (): LetterRefusal =>
    refuse('UNIT_NOT_IN_CASE', '该单位不是该事项的责任、配合或受转办单位。', 'The unit is not a lead, supporting or referred unit of the case.', LETTER_BASIS),
  unitExcluded: (): LetterRefusal =>
    refuse('UNIT_EXCLUDED', '不得将检举、控告材料转给被检举、控告的单位。', 'Material must not reach the unit that the report names.', '《信访工作条例》第三十条第三款'),
  badText: (): LetterRefusal => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、不超过4000字、不含控制字符。', 'The text must not be empty, longer than 4,000 characters or hold control characters.'),
  badReplyDate: (): LetterRefusal =>
    refuse('REPLY_DATE_NOT_ACCEPTABLE', '要求回复日期应晚于今日且不超过一年；该种类须写明日期的不得缺少。', 'The reply date must be later than today and within a year; a kind that names its day needs one.'),
  wrongState: (): LetterRefusal => refuse('WRONG_STATE', '函件当前状态不允许此操作。', 'The letter is not in a state that allows this.'),
  kindUnknown: (): LetterRefusal => refuse('KIND_UNKNOWN', '没有这种函件，或者已停用。', 'There is no such kind, or it is retired.'),
  caseMissing: (): LetterRefusal => refuse('CASE_MISSING', '该种函件须针对一件信访事项。', 'This kind is about a case.'),
  outsideDivision: (): LetterRefusal => refuse('OUTSIDE_DIVISION', '该单位或信访事项不在您所在的辖区内。', 'The unit, or the case, is outside your division.'),
  wrongAddressee: (): LetterRefusal =>
    refuse('WRONG_ADDRESSEE', '收件人不符合该种函件的要求。', 'The addressee is not one that this kind goes to: unit or official in office, and the unit that it is about.'),
  evidenceMissing: (): LetterRefusal => refuse('EVIDENCE_MISSING', '须写明证据材料，不超过500字。', 'Evidence is needed, at most 500 characters.'),
  accountabilityGroundMissing: (): LetterRefusal =>
    refuse('ACCOUNTABILITY_GROUND_MISSING', '须列明追责情形。', 'A ground of accountability is needed.', '《信访工作条例》第四十二条至第四十六条'),
  approverMissing: (): LetterRefusal => refuse('APPROVER_MISSING', '批准机关与该种函件的要求不符。', 'The approving organ is not the one that this kind asks for.'),
  samePerson: (): LetterRefusal => refuse('SAME_PERSON', '须由其他人员决定。', 'Somebody else decides this.', RECUSAL),
  rungNotOpen: (needed: number, found: number): LetterRefusal =>
    refuse('RUNG_NOT_OPEN', `前一级条件尚未满足：需要${needed}件无进展的函件，现有${found}件。`, `What has to come before is not there: ${needed} needed, ${found} found.`),
  notForCommissioner: (): LetterRefusal => refuse('NOT_FOR_COMMISSIONER', '信访督查专员不能发出该种函件。', 'A supervision commissioner does not issue this kind.', '《信访工作条例》第十六条'),
  firstPetitionIsNoRung: (): LetterRefusal => refuse('FIRST_PETITION_IS_NO_RUNG', '初次信访事项的督办不适用阶梯措施。', 'Supervision of a first petition is no step of the ladder.'),
  wrongFeedback: (): LetterRefusal => refuse('WRONG_FEEDBACK', '反馈形式与该种函件的要求不符。', 'The feedback is not in the form that this kind asks for.', '《信访工作条例》第四十条第四款'),
  adoptionReasonMissing: (): LetterRefusal => refuse('WRONG_FEEDBACK', '未采纳或者部分采纳的，须说明理由。', 'What is not adopted needs its reason.', '《信访工作条例》第四十条第四款'),
  alreadyObjected: (): LetterRefusal => refuse('ALREADY_OBJECTED', '对该函件已提出过异议。', 'The unit has objected once.'),
  interviewRecordMissing: (): LetterRefusal => refuse('INTERVIEW_RECORD_MISSING', '须先登记约谈记录。', 'The record of the interview comes first.'),
  badDay: (): LetterRefusal => refuse('DAY_NOT_ACCEPTABLE', '日期不符合要求。', 'The day is not acceptable.'),
};
