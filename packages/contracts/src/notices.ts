/**
 * URGENT: told at once within office hours, else when they next begin. ROUTINE: told in the digest of the next morning.
 * When exactly is a rule of supervision (delivery-time.ts).
 */
export type NoticeUrgency = 'URGENT' | 'ROUTINE';

export interface NoticeKindRow {
  /** What the notice is about: the type of its subject. */
  readonly subject: 'Case' | 'Referral' | 'CloseReview' | 'SupervisionLetter' | 'Obligation' | 'BackTraceRequest' | 'LadderSuggestion' | 'ListedSupervision' | 'FocusManagement' | 'UrgentReport' | 'Inquiry' | 'ActivityPromise' | 'SponsorDuty' | 'SponsorHandOver' | 'Recusal' | 'AssistanceApplication' | 'Mediation' | 'Hearing' | 'LegalConsultation' | 'Meeting' | 'MeetingDecision' | 'InspectionFinding' | 'Bulletin' | 'Checklist' | 'ProgrammeEntry' | 'EarlyDispute';
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
  REFERRAL_DISPUTED: { subject: 'Referral', urgency: 'URGENT', zh: '转办争议：退回申请逾期未答复，提请联席会议协调', en: 'The request to return the referral was not answered in time: it goes to the joint conference' },
  REFERRAL_DISPUTE_DECIDED: { subject: 'Referral', urgency: 'URGENT', zh: '转办争议已有决定，请照此办理', en: 'The dispute about the referral was decided: act on it' },
  CO_HANDLING_ASKED: { subject: 'Referral', urgency: 'URGENT', zh: '转办事项请本单位协办', en: 'Your unit is to help with a referral' },
  CO_HANDLING_DONE: { subject: 'Referral', urgency: 'ROUTINE', zh: '协办单位已完成协办', en: 'A unit finished its part of the referral' },
  CO_HANDLING_RELEASED: { subject: 'Referral', urgency: 'ROUTINE', zh: '转办事项不再需要本单位协办', en: 'Your unit is released from its part of the referral' },
  CASE_ASSIGNED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项交由本单位办理', en: 'A case was given to your unit to handle' },
  CASE_SUPPORT_ASKED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项请本单位配合办理', en: 'Your unit is to support the handling of a case' },
  CASE_GUIDANCE_ASKED: { subject: 'Case', urgency: 'URGENT', zh: '信访事项请本单位指导', en: 'Your unit is to guide the handling of a case' },
  CASE_REASSIGNED: { subject: 'Case', urgency: 'ROUTINE', zh: '信访事项已改由其他单位办理', en: 'The case was given to another unit' },
  TASKS_UNASSIGNED: { subject: 'Case', urgency: 'URGENT', zh: '经办人已离岗，本单位有任务待重新指定经办人（含本事项）', en: 'An official left the post: tasks of your unit, this case among them, have nobody' },
  TASKS_MOVED_WITH_CASE: { subject: 'Case', urgency: 'ROUTINE', zh: '责任单位变更，未了转办、回访已随事项移交本单位', en: 'The lead unit changed: open referrals and visits came to your unit with the case' },
  VISIT_TO_MAKE: { subject: 'Case', urgency: 'ROUTINE', zh: '请安排回访，本人可以谢绝', en: 'A follow-up visit is to be offered; the person may decline' },
  AGENCY_TASK_GIVEN: { subject: 'Case', urgency: 'URGENT', zh: '信访人已书面授权，请代办', en: 'The petitioner gave written authority: act as the agent' },
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
  BULLETIN_PUBLISHED: { subject: 'Bulletin', urgency: 'ROUTINE', zh: '通报已公布，其中有本单位的数字', en: 'A bulletin with figures of your unit was published' },
  BULLETIN_WITHDRAWN: { subject: 'Bulletin', urgency: 'ROUTINE', zh: '曾公布的通报已撤回，其中有本单位的数字', en: 'A published bulletin with figures of your unit was withdrawn' },
  CHECKLIST_DUE_TODAY: { subject: 'Checklist', urgency: 'ROUTINE', zh: '清单今日应填报', en: 'A checklist is to be filled in today' },
  CHECKLIST_MISSING: { subject: 'Checklist', urgency: 'ROUTINE', zh: '清单逾期未填报，仍可补报', en: 'A checklist is missing: it can still be filled in' },
  PROGRAMME_MEASURE_GIVEN: { subject: 'ProgrammeEntry', urgency: 'ROUTINE', zh: '专项工作措施由本单位落实', en: 'Your unit is to carry out a measure of a programme' },
  EARLY_DISPUTE_HANDED: { subject: 'EarlyDispute', urgency: 'URGENT', zh: '收到苗头性问题，请按期处理并反馈', en: 'An issue from the grid was handed to your unit: deal with it in time' },
  INQUIRY_FINDINGS_SENT: { subject: 'Inquiry', urgency: 'URGENT', zh: '责任倒查认定送达，可在期限内申辩', en: 'Findings of a back-trace inquiry concern you: you may reply until the day it names' },
  INQUIRY_CONCLUDED: { subject: 'Inquiry', urgency: 'URGENT', zh: '责任倒查已作出结论，有责的可在期限内申诉', en: 'A back-trace inquiry was concluded: fault may be appealed against in time' },
  RELIEF_REQUESTED: { subject: 'AssistanceApplication', urgency: 'URGENT', zh: '收到救助申请，请按期决定', en: 'An application for aid has arrived: decide in time' },
  MEDIATION_PROPOSED: { subject: 'Mediation', urgency: 'ROUTINE', zh: '提出调解，请答复是否同意', en: 'Mediation is proposed: say whether your unit consents' },
  HEARING_NOTICED: { subject: 'Hearing', urgency: 'URGENT', zh: '听证通知：请届时参加', en: 'A hearing is noticed: take part on its day' },
  LEGAL_OPINION_DELIVERED: { subject: 'LegalConsultation', urgency: 'ROUTINE', zh: '收到法律审查意见书', en: 'A legal opinion was delivered' },
  DUTY_COMING_DUE: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限临近', en: 'A duty is coming due' },
  DUTY_DUE_TODAY: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限今日到期', en: 'A duty is due today' },
  DUTY_PAST_DUE: { subject: 'Obligation', urgency: 'ROUTINE', zh: '办理期限已过', en: 'A duty is past its due date' },
  DUTY_ESCALATED: { subject: 'Obligation', urgency: 'ROUTINE', zh: '超期未办结，提请督促办理', en: 'A duty stays undone past its due date: see that it is done' },
  PROMISE_MADE: { subject: 'ActivityPromise', urgency: 'ROUTINE', zh: '领导活动中作出的承诺由您或者本单位兑现', en: 'A promise made at an activity of a leader is yours to keep' },
  SPONSOR_DUTY_OPENED: { subject: 'SponsorDuty', urgency: 'ROUTINE', zh: '开列了包案职责，请按期办理', en: 'A duty of your sponsorship was opened' },
  HAND_OVER_DUE: { subject: 'SponsorHandOver', urgency: 'URGENT', zh: '包案领导职务变动，请安排交接', en: 'A sponsor moved post: see that the case is handed over' },
  RECUSAL_REQUESTED: { subject: 'Recusal', urgency: 'URGENT', zh: '收到回避申请，请作出决定', en: 'A request for recusal has arrived: decide on it' },
  RECUSAL_DECIDED: { subject: 'Recusal', urgency: 'ROUTINE', zh: '回避申请已作出决定', en: 'The request for recusal was decided' },
} as const satisfies Readonly<Record<string, NoticeKindRow>>;
export type NoticeKind = keyof typeof NOTICE_KINDS;

/** The row of a code that came over the wire; a kind that only a newer release knows is told as routine news of its subject. */
export const noticeKind = (code: string): NoticeKindRow =>
  (NOTICE_KINDS as Readonly<Record<string, NoticeKindRow>>)[code] ?? { subject: 'Case', urgency: 'ROUTINE', zh: '有新的办理情况', en: 'There is news' };

export const isNoticeKind = (code: string): code is NoticeKind => Object.hasOwn(NOTICE_KINDS, code);
