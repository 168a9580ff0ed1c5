import type { PartyRole, Role } from '@anjie/contracts';
import { rolesReaching, type StandingInCase } from './permissions';

/** Steps in the legal life of a case, by who may take them. */
export type StepAction =
  | 'ROUTE' | 'ACCEPT' | 'OBJECT' | 'DECIDE_OBJECTION' | 'HANDLE' | 'EXTEND' | 'REQUEST_REVIEW' | 'REVIEW' | 'DELIVER' | 'TERMINATE' | 'SUBMIT_CLOSING'
  | 'FOLLOW_UP' | 'REOPEN' | 'PRINT';

export interface StepStanding extends StandingInCase {
  /** The viewer heads the unit that handles the case. */
  readonly isHead: boolean;
}

interface StepPermission {
  /** Any of these roles … */
  readonly roles: readonly Role[];
  /** … together with any of these parts; empty: no part is needed beyond seeing the case. */
  readonly parts: readonly PartyRole[];
  /** Only the head of the handling unit, whatever the role (第三十四条: 经本机关、单位负责人批准). */
  readonly onlyHead?: boolean;
  /** Only noted, for the petitioner: whoever sees the case may, a joint office of another division too. */
  readonly isNoted?: boolean;
  readonly basis: string;
  readonly zh: string;
  readonly en: string;
}

const of = (article: string): string => `《信访工作条例》${article}`;
const handlers = ['UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK'] as const;

/** A joint office watches, forwards and reviews; it does not accept or answer in the place of the unit that has to. */
export const STEP_PERMISSIONS: Readonly<Record<StepAction, StepPermission>> = {
  ROUTE: { roles: handlers, parts: ['REGISTRAR', 'LEAD'], basis: of('第三十一条'), zh: '分流由登记单位或责任单位办理。', en: 'Routing is for the registering or the lead unit.' },
  ACCEPT: { roles: handlers, parts: ['LEAD', 'REGISTRAR'], basis: of('第二十三条'), zh: '受理由有权处理的单位决定。', en: 'Acceptance is for the unit that is entitled to handle.' },
  OBJECT: { roles: handlers, parts: ['LEAD'], basis: of('第二十三条第三款'), zh: '异议由收到转送、交办的单位提出。', en: 'An objection is for the unit that was sent the matter.' },
  DECIDE_OBJECTION: { roles: ['JOINT_OFFICE'], parts: [], basis: of('第二十三条第三款、第二十四条'), zh: '异议、争议由转送交办机关或共同上级核实决定。', en: 'Objections and disputes are decided by the forwarding office or the common superior.' },
  HANDLE: { roles: handlers, parts: ['LEAD'], basis: of('第三十一条'), zh: '办理和答复由责任单位负责。', en: 'Handling and replying is for the lead unit.' },
  EXTEND: { roles: [], parts: [], onlyHead: true, basis: of('第三十四条'), zh: '延期须经办理机关、单位负责人批准。', en: 'An extension needs the approval of the head of the handling unit.' },
  REQUEST_REVIEW: { roles: handlers, parts: [], isNoted: true, basis: of('第三十五条、第三十六条'), zh: '复查、复核请求由能看到该事项的工作人员登记。', en: 'A request for review is recorded by staff who see the case.' },
  REVIEW: { roles: handlers, parts: ['REVIEWER'], basis: of('第三十五条、第三十六条'), zh: '复查、复核由受理请求的上一级机关办理。', en: 'Review is for the higher organ that received the request.' },
  DELIVER: { roles: handlers, parts: ['LEAD', 'REGISTRAR', 'REVIEWER'], basis: of('第三十五条'), zh: '送达由出具文书的单位办理。', en: 'Delivery is for the unit that issued the paper.' },
  TERMINATE: { roles: handlers, parts: ['LEAD', 'REVIEWER', 'REGISTRAR'], basis: of('第三十六条'), zh: '终结由责任单位或复核机关告知。', en: 'Termination is told by the lead unit or the re-reviewing organ.' },
  SUBMIT_CLOSING: { roles: handlers, parts: ['LEAD'], basis: of('第二十二条第一款第三项'), zh: '报结由责任单位提出。', en: 'A case is handed in for close review by its lead unit.' },
  FOLLOW_UP: { roles: handlers, parts: ['LEAD', 'REGISTRAR', 'SUPPORT'], basis: of('第三十七条'), zh: '回访由责任单位、登记单位或配合单位进行。', en: 'Follow-up is for the lead, registering or supporting unit.' },
  REOPEN: { roles: ['JOINT_OFFICE', 'WINDOW_CLERK'], parts: [], basis: of('第二十二条'), zh: '重新办理由信访部门决定。', en: 'Reopening is for the petition office.' },
  PRINT: { roles: handlers, parts: ['LEAD', 'REGISTRAR', 'REVIEWER'], basis: '《中华人民共和国个人信息保护法》第六条', zh: '文书原文由登记、办理、复查复核单位查看。', en: 'The text of a paper is for the units that register, handle and review.' },
};

/** Both a role and a part where parts are listed, else a role that reaches the case: a role alone never reaches into another unit's or county's case. */
export function mayTake(action: StepAction, standing: StepStanding): boolean {
  const permission = STEP_PERMISSIONS[action];
  if (permission.onlyHead) return standing.isHead;
  const byPart = permission.parts.length > 0;
  if (byPart && !standing.parts.some((part) => permission.parts.includes(part))) return false;
  return (byPart || permission.isNoted ? standing.roles : rolesReaching(standing)).some((role) => permission.roles.includes(role));
}
