import type { AgencyLevel, AgencyState } from '@anjie/contracts';
import type { CaseStatus } from './life';

/** 群众能看懂的话: what a petitioner is told. Whatever has no words here is internal and is not shown. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
const say = (zh: string, en: string): Words => ({ zh, en });

export const STATUS_WORDS: Readonly<Record<CaseStatus, Words>> = {
  RECEIVED: say('已收到，待登记', 'received, to be registered'),
  REGISTERED: say('已登记', 'registered'),
  FORWARDED: say('已转送责任单位', 'forwarded to the responsible unit'),
  ASSIGNED: say('已交办责任单位', 'assigned to the responsible unit'),
  ACCEPTED: say('已受理', 'accepted'),
  NOT_ACCEPTED: say('不予受理', 'not accepted'),
  NO_LONGER_ACCEPTED: say('不再受理', 'not accepted any more'),
  ROUTED_TO_LEGAL: say('已告知依照法定程序办理', 'to be pursued in a legal procedure'),
  TRANSFERRED: say('已移送有权机关', 'handed to the competent organ'),
  RETURN_REQUESTED: say('收到单位提出异议，正在核实由谁办理', 'the unit objected; who handles it is being decided'),
  JURISDICTION_DISPUTE: say('正在协调由谁受理', 'who accepts it is being decided'),
  HANDLING: say('办理中', 'being handled'),
  EXTENDED: say('已延期，办理中', 'extended, being handled'),
  REPLIED: say('已作出处理意见', 'answered in writing'),
  SETTLED: say('已达成调解、和解', 'settled'),
  REVIEW: say('复查中', 'under review'),
  RE_REVIEW: say('复核中', 'under re-review'),
  EXECUTING: say('处理意见执行中', 'the answer is being carried out'),
  TERMINATED: say('信访程序终结', 'the petition procedure has ended'),
  CLOSE_REVIEW: say('结案审核中', 'the closing is being examined'),
  RESOLVED: say('已化解', 'resolved'),
  ARCHIVED: say('已归档', 'filed'),
  FOLLOW_UP: say('回访中', 'being followed up'),
};

/** Actions of the history that a petitioner sees. Plans, duties within offices and other people's petitions are not among them. */
export const STEP_WORDS: Readonly<Record<string, Words>> = {
  REGISTERED: say('登记', 'registered'),
  IMPORTED: say('登记', 'registered'),
  FORWARDED: say('转送责任单位', 'forwarded to the responsible unit'),
  ASSIGNED: say('交办责任单位', 'assigned to the responsible unit'),
  OBJECTED: say('收到单位提出异议', 'the unit objected that it is not its matter'),
  OBJECTION_CONSENTED: say('异议成立，改由其他单位办理', 'the objection was accepted; another unit handles it'),
  OBJECTION_REFUSED: say('异议不成立，由原单位办理', 'the objection was refused; the unit handles it'),
  DISPUTE_RAISED: say('对由谁受理有争议，正在协调', 'a dispute over who accepts it'),
  DESIGNATED: say('指定办理单位', 'the unit was designated'),
  ROUTED: say('确定办理途径', 'the way of handling was decided'),
  ROUTED_TO_LEGAL: say('告知依照法定程序办理', 'told to pursue it in a legal procedure'),
  TRANSFERRED: say('移送有权机关', 'handed to the competent organ'),
  ACCEPTED: say('受理', 'accepted'),
  NOT_ACCEPTED: say('不予受理', 'not accepted'),
  INVESTIGATED: say('开展调查核实', 'investigation began'),
  EXTENDED: say('延期办理', 'the period was extended'),
  REPLIED: say('作出处理意见', 'a written answer was given'),
  DELIVERED: say('文书送达', 'a paper was delivered'),
  SETTLED: say('达成调解、和解', 'settled'),
  EXECUTED: say('落实处理意见', 'the answer was carried out in part or in full'),
  REVIEW_REQUESTED: say('收到复查请求', 'review was asked for'),
  REVIEW_OPINION_GIVEN: say('作出复查意见', 'the review opinion was given'),
  RE_REVIEW_REQUESTED: say('收到复核请求', 're-review was asked for'),
  RE_REVIEW_OPINION_GIVEN: say('作出复核意见', 'the re-review opinion was given'),
  HEARING_HELD: say('举行听证', 'a hearing was held'),
  CLOSING_SUBMITTED: say('报请结案审核', 'handed in for close review'),
  CLOSING_RETURNED: say('结案审核退回，继续办理', 'the close review sent it back; handling goes on'),
  RESOLVED: say('认定化解', 'recognised as resolved'),
  ARCHIVED: say('归档', 'filed'),
  TERMINATED: say('信访程序终结', 'the petition procedure ended'),
  REOPENED: say('重新办理', 'reopened'),
  RELAPSED: say('再次提出后重新办理', 'raised again and reopened'),
  FOLLOW_UP_BEGUN: say('回访', 'follow-up began'),
  FOLLOW_UP_ENDED: say('回访结束', 'follow-up ended'),
};

/** Duties towards the petitioner, by rule code. Campaign limits, guidance and the like are between offices. */
export const DUTY_WORDS: Readonly<Record<string, Words>> = {
  T2: say('转送、交办', 'forward or assign'),
  T3: say('书面告知是否受理', 'tell in writing whether it is accepted'),
  T4: say('书面告知接收情况和处理途径、程序', 'tell in writing that it was received, and how it is handled'),
  T8: say('办结并出具处理意见', 'handle and answer in writing'),
  SIMPLE_OPINION: say('简易办理，出具处理意见', 'simple procedure: answer in writing'),
  REDO_DATE: say('重新作出处理意见', 'answer anew'),
  EXECUTION_DATE: say('落实处理意见', 'carry out the answer'),
  T11: say('作出复查意见', 'give the review opinion'),
  T13: say('作出复核意见', 'give the re-review opinion'),
};

export const RIGHT_WORDS: Readonly<Record<string, Words>> = {
  T10: say('请求复查：向作出处理意见的机关、单位的上一级机关、单位提出', 'ask for review, from the organ above the one that gave the answer'),
  T12: say('请求复核：向复查机关、单位的上一级机关、单位提出', 'ask for re-review, from the organ above the one that reviewed'),
};

/** 第三十条第三款: of an accusation nothing is told but that it came and went on. */
export const SEALED_TITLE = say('您反映的事项', 'the matter that you raised');
export const SEALED_RECEIVED = say('已收到', 'received');
export const SEALED_FORWARDED = say('已依照规定转送有权机关', 'forwarded to the competent organ as the rules provide');

export interface Notice extends Words {
  readonly code: string;
  readonly basis: string | null;
}
export const NOTICES: readonly Notice[] = [
  {
    code: 'OTHER_ROUTES', basis: '《中华人民共和国行政复议法》第二十条、《信访工作条例》第三十一条',
    ...say(
      '信访不停止其他法定期限。对行政行为不服的，一般自知道之日起60日内可以申请行政复议；诉讼、仲裁各有期限，请及时询问。登记、受理、交办、转送、复查、复核意见本身不属于行政诉讼受案范围。',
      'A petition stops no other time limit. Against an administrative act you may as a rule ask for reconsideration within 60 days of knowing it; courts and arbitration have limits of their own, ask in time. Acts of the petition procedure itself cannot be taken to court.',
    ),
  },
  { code: 'RECUSAL', basis: '《信访工作条例》第二十八条', ...say('工作人员与您的事项或者您有直接利害关系的，您可以要求其回避。', 'You may ask that an official who has a direct interest in the matter or in you steps aside.') },
  { code: 'AGENT', basis: '《信访工作条例》第二十条', ...say('您可以书面委托代理人；多人提出共同事项的，推选代表，走访代表不超过5人。', 'You may give an agent written authority; several people choose representatives, at most five for a visit.') },
  { code: 'NO_FEES', basis: null, ...say('信访事项办理不收取任何费用。凡以“代办信访”收费的，请勿相信。', 'Handling a petition costs nothing. Do not believe anybody who asks for money to arrange it.') },
  {
    code: 'NO_RETALIATION', basis: '《信访工作条例》第十八条第四款、第四十六条第六项',
    ...say('任何组织和个人不得打击报复信访人。您可以在此投诉，投诉不经过办理单位。', 'Nobody may retaliate against you for a petition. You may complain here; the complaint does not pass through the handling unit.'),
  },
];

/** 代办: at which of the three levels, and how far. */
export const AGENCY_LEVEL_WORDS: Readonly<Record<AgencyLevel, Words>> = {
  COUNTY: say('区（县）代办', 'agency at the county'),
  TOWNSHIP: say('乡镇（街道）代办', 'agency at the township'),
  VILLAGE: say('村（社区）代办', 'agency at the village or community'),
};
export const AGENCY_STATE_WORDS: Readonly<Record<AgencyState, Words>> = {
  OFFERED: say('可以代办，待您书面授权', 'offered; nothing is done without your written authority'),
  AUTHORISED: say('已收到您的授权', 'your authority was received'),
  UNDER_WAY: say('正在代办', 'being done'),
  DONE: say('已办结', 'done'),
  ENDED: say('已终止', 'ended'),
};
