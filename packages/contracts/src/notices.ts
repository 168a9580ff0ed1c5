/**
 * URGENT: told at once within office hours, else when they next begin. ROUTINE: told in the digest of the next morning.
 * When exactly is a rule of supervision (delivery-time.ts).
 */
export type NoticeUrgency = 'URGENT' | 'ROUTINE';

export interface NoticeKindRow {
  /** What the notice is about: the type of its subject. */
  readonly subject: 'Case' | 'Referral' | 'CloseReview' | 'SupervisionLetter' | 'Obligation' | 'BackTraceRequest' | 'LadderSuggestion' | 'ListedSupervision' | 'FocusManagement' | 'UrgentReport' | 'Inquiry' | 'Meeting' | 'MeetingDecision' | 'InspectionFinding';
  readonly urgency: NoticeUrgency;
  readonly zh: string;
  readonly en: string;
}

/** 通知种类, the one table: a row here is all that a new kind needs; whoever raises it names it. No words about people who petition. */
export const NOTICE_KINDS = {
  REFERRAL_DELIVERED: { subject: 'Referral', urgency: 'URGENT', zh: '收到转办事项，请签收或者提出异议', en: 'A referral has arrived: sign for it or object' },
  REFERRAL_SIGNED: { subject: 'Referral', urgency: 'ROUTINE', zh: '转办事项已被签收', en: 'The referral was signed for' },
  REFERRAL_ACCEPTED: { subject: 'Referral', urgency: 'ROUTINE', zh: '转办事项已被接办', en: 'The referral was taken on' },
  REFERRAL_RETURN_REQUESTED: { subject: 'Referral', urgency: 'URGENT', zh: '接收单位申请退回转办事项，请决定', en: 'The receiving unit asks to return the referral: decide' },
  REFERRAL_RETURN_REFUSED: { subject: 'Referral', urgency: 'URGENT', zh: '转办事项的退回申请未获同意，请继续办理', en: 'The return of the referral was refused: go on with it' },
  REFERRAL_RETURNED: { subject: 'Referral', urgency: 'ROUTINE', zh: '转办事项已同意退回', en: 'The return of the referral was consented to' },
  REFERRAL_COMPLETED: { subject: 'Referral', urgency: 'ROUTINE', zh: '转办事项已办结', en: 'The referral was completed' },
  REFERRAL_WITHDRAWN: { subject: 'Referral', urgency: 'URGENT', zh: '转办事项已被撤回，请停止办理', en: 'The referral was withdrawn: stop work on it' },
  CASE_ASSIGNED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项交由本单位办理', en: 'A case was given to your unit to handle' },
  CASE_SUPPORT_ASKED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项请本单位配合办理', en: 'Your unit is to support the handling of a case' },
  CASE_GUIDANCE_ASKED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项请本单位指导', en: 'Your unit is to guide the handling of a case' },
  CASE_REASSIGNED: { subject: 'Case', urgency: 'ROUTINE', zh: '信访事项已改由其他单位办理', en: 'The case was given to another unit' },
  CLOSE_REVIEW_PASSED: { subject: 'CloseReview', urgency: 'ROUTINE', zh: '结案审核已通过', en: 'The close review was passed' },
  CLOSE_REVIEW_RETURNED: { subject: 'CloseReview', urgency: 'URGENT', zh: '结案审核退回整改', en: 'The close review returned the file: rectify it' },
  LETTER_ISSUED: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '收到督办函件，请按期回复', en: 'A supervision letter has arrived: reply in time' },
  LETTER_REPLIED: { subject: 'SupervisionLetter', urgency: 'ROUTINE', zh: '督办函件已回复', en: 'The supervision letter was replied to' },
  LETTER_CLOSED: { subject: 'SupervisionLetter', urgency: 'ROUTINE', zh: '督办函件已办结', en: 'The supervision letter was closed' },
  LETTER_DRAFTED: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '函件草稿待决定', en: 'The draft of a letter waits for a decision' },
  LETTER_CONCERNS_UNIT: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '有函件涉及本单位，可以提出一次异议', en: 'A letter concerns your unit: it may object once' },
  LETTER_WITHDRAWN: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '函件已撤回，不必回复', en: 'The letter was withdrawn: no reply is owed' },
  LETTER_OBJECTED: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '单位对函件提出异议，请由其他人员决定', en: 'The unit objects to the letter: somebody else decides' },
  LETTER_OBJECTION_DECIDED: { subject: 'SupervisionLetter', urgency: 'URGENT', zh: '对函件的异议已有决定', en: 'The objection to the letter was decided on' },
  LADDER_RUNG_OPEN: { subject: 'LadderSuggestion', urgency: 'ROUTINE', zh: '下一级督办措施条件已满足，供研究', en: 'The next rung of the ladder stands open: for you to consider' },
  SUPERVISION_LISTED: { subject: 'ListedSupervision', urgency: 'URGENT', zh: '事项已被挂牌督办', en: 'A case of your unit was listed' },
  DELISTING_PROPOSED: { subject: 'ListedSupervision', urgency: 'ROUTINE', zh: '挂牌督办事项申请摘牌，请由其他人员审核', en: 'Delisting is proposed: somebody else reviews it' },
  SUPERVISION_DELISTED: { subject: 'ListedSupervision', urgency: 'ROUTINE', zh: '挂牌督办事项已摘牌', en: 'The listed case was delisted' },
  FOCUS_BEGUN: { subject: 'FocusManagement', urgency: 'URGENT', zh: '本单位被列为重点管理单位', en: 'Your unit was put under focus management' },
  FOCUS_ENDED: { subject: 'FocusManagement', urgency: 'ROUTINE', zh: '本单位的重点管理已结束', en: 'The focus management of your unit has ended' },
  URGENT_REPORT_SENT: { subject: 'UrgentReport', urgency: 'URGENT', zh: '收到信访要情或重大紧急信息，请确认', en: 'An urgent information report has arrived: acknowledge it' },
  URGENT_REPORT_ACKNOWLEDGED: { subject: 'UrgentReport', urgency: 'ROUTINE', zh: '信访要情或重大紧急信息已被确认', en: 'The urgent information report was acknowledged' },
  BACK_TRACE_REQUESTED: { subject: 'BackTraceRequest', urgency: 'ROUTINE', zh: '收到责任倒查请求，请作出决定', en: 'A back-trace request has arrived: decide on it' },
  MEETING_CALLED: { subject: 'Meeting', urgency: 'ROUTINE', zh: '收到会议通知', en: 'You are called to a meeting' },
  MEETING_DECISION_GIVEN: { subject: 'MeetingDecision', urgency: 'URGENT', zh: '会议议定事项交由落实，请按期报告', en: 'A meeting decided what you are to do: report in time' },
  INSPECTION_FOUND: { subject: 'InspectionFinding', urgency: 'URGENT', zh: '督查发现问题，请按期整改', en: 'An inspection found what is to be rectified: do so in time' },
  INQUIRY_FINDINGS_SENT: { subject: 'Inquiry', urgency: 'URGENT', zh: '责任倒查认定送达，可在期限内申辩', en: 'Findings of a back-trace inquiry concern you: you may reply until the day it names' },
  INQUIRY_CONCLUDED: { subject: 'Inquiry', urgency: 'URGENT', zh: '责任倒查已作出结论，有责的可在期限内申诉', en: 'A back-trace inquiry was concluded: fault may be appealed against in time' },
  DUTY_COMING_DUE: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限临近', en: 'A duty is coming due' },
  DUTY_DUE_TODAY: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限今日到期', en: 'A duty is due today' },
  DUTY_PAST_DUE: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限已过', en: 'A duty is past its due date' },
  DUTY_ESCALATED: { subject: 'Obligation', urgency: 'ROUTINE', zh: '超期未办结，提请督促办理', en: 'A duty stays undone past its due date: see that it is done' },
} as const satisfies Readonly<Record<string, NoticeKindRow>>;
export type NoticeKind = keyof typeof NOTICE_KINDS;

/** The row of a code that came over the wire; a kind that only a newer release knows is told as routine news of its subject. */
export const noticeKind = (code: string): NoticeKindRow =>
  (NOTICE_KINDS as Readonly<Record<string, NoticeKindRow>>)[code] ?? { subject: 'Case', urgency: 'ROUTINE', zh: '有新的办理情况', en: 'There is news' };

export const isNoticeKind = (code: string): code is NoticeKind => Object.hasOwn(NOTICE_KINDS, code);
