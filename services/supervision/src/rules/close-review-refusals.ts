import { refuse, type Refusal } from '@anjie/contracts';

export type CloseReviewRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'REVIEWER_OF_SUBMITTING_UNIT' | 'REVIEWER_IN_CASE' | 'SAME_REVIEWER' | 'WRONG_STATE'
  | 'FINDINGS_INCOMPLETE' | 'FINDING_NOT_APPLICABLE' | 'NOTE_REQUIRED' | 'PROPOSAL_CONTRADICTS_FINDINGS' | 'REASON_REQUIRED' | 'PROCEDURE_IS_NO_RESULT'
  | 'UNDERTAKING_BARS_PASSING' | 'RECTIFY_DATE_NOT_ACCEPTABLE' | 'TEXT_NOT_ACCEPTABLE';
export type CloseReviewRefusal = Refusal<CloseReviewRefusalCode>;

const RECUSAL = '《信访工作条例》第二十八条';
const PRACTICE = '专项工作方案';

export const closeReviewRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '结案审核由信访联席办办理。', 'A close review is for a joint office.'),
  outsideDivision: () =>
    refuse('OUTSIDE_DIVISION', '须由事项所在辖区或其上级的联席办审核；上级交办的，由上级审核。', "Only the joint office of the case's division or one above may review; what a higher level assigned, the higher level reviews."),
  ofSubmittingUnit: () => refuse('REVIEWER_OF_SUBMITTING_UNIT', '报送单位及其下属单位的人员应当回避。', 'Nobody of the submitting unit or a unit below it may review.', RECUSAL),
  inCase: () =>
    refuse('REVIEWER_IN_CASE', '报送人、包案领导、专班成员和办理单位的人员应当回避。', 'Whoever submitted, sponsored or handled the case may not review it.', RECUSAL),
  sameReviewer: () => refuse('SAME_REVIEWER', '复核人不得是初审人。', 'The second reviewer must be another person than the first.', `${PRACTICE}（两人审核）`),
  wrongState: () => refuse('WRONG_STATE', '审核当前状态不允许此操作。', 'The review is not in a state that allows this.'),
  findingsIncomplete: () => refuse('FINDINGS_INCOMPLETE', '清单各项须各有一个结论，不多不少。', 'Every item of the checklist needs exactly one finding.'),
  notApplicable: () => refuse('FINDING_NOT_APPLICABLE', '该项在此类型中不得认定为不适用。', 'This item cannot be found inapplicable on this track.'),
  noteRequired: () => refuse('NOTE_REQUIRED', '不符合的项、以及缺件时认定材料齐全的，须写明理由。', 'An item that is not met, and a complete file in which something is absent, need a note.'),
  contradiction: () =>
    refuse('PROPOSAL_CONTRADICTS_FINDINGS', '意见与清单结论或退回原因不一致：有不符合项的应退回，全部符合的不应退回，通过的不列退回原因。', 'The answer contradicts itself: what fails is returned, what fails nowhere is not, and a pass has no grounds to return.'),
  reasonRequired: () => refuse('REASON_REQUIRED', '改变初审意见须写明理由；退回须列明退回原因。', 'To overrule needs a reason in words; to return needs its grounds.'),
  procedureIsNoResult: () =>
    refuse('PROCEDURE_IS_NO_RESULT', '程序类事项不得认定为化解。', 'A matter that ended by procedure cannot be passed as resolved.', `${PRACTICE}：防止以程序性办结代替实际问题解决`),
  undertakingBars: () =>
    refuse('UNDERTAKING_BARS_PASSING', '初审认定以承诺为条件的，不得改为通过，应退回。', 'Where the examination found that a promise was demanded, the file goes back; this cannot be overruled.', '《信访工作条例》第三十五条、第三十六条'),
  badRectifyDate: () => refuse('RECTIFY_DATE_NOT_ACCEPTABLE', '退回须指定晚于今日、一年以内的整改期限；通过的不得指定。', 'A return names a later day within a year for the rectification; a pass names none.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字过长、为空或含控制字符。', 'A text is empty, too long or holds control characters.'),
} satisfies Record<string, () => CloseReviewRefusal>;
