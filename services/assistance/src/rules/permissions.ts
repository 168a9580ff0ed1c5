import { refuse, type Refusal, type Role } from '@anjie/contracts';
import type { CoHandlingAction } from './co-handling-lifecycle';
import type { ReferralAction } from './referral-lifecycle';

/**
 * What the viewer is to the row: acts for its sender, its receiver, its unit, is the named visitor, merely sees the case, or is the
 * joint office over both sides of a dispute and part of neither.
 */
export type Part = 'SENDER' | 'RECEIVER' | 'UNIT' | 'VISITOR' | 'CASE_VIEWER' | 'OVERSEER';

export type Action =
  | 'SEND' | Exclude<ReferralAction, 'DELIVER'> | CoHandlingAction | 'CO_ASK'
  | 'SUBMIT_APPLICATION' | 'PLAN_VISIT' | 'RECORD_VISIT'
  | 'REASSIGN' | 'OFFER_AGENCY' | 'MOVE_AGENCY' | 'KEEP_CENTRE' | 'FILL_CHECKLIST' | 'REPORT_ISSUE' | 'HAND_OFF_ISSUE' | 'SETTLE_ISSUE' | 'LINK_ISSUE' | 'RECORD_PUBLICITY';

interface Grant {
  readonly part: Part;
  /** ANY: whoever has the part, because it names the person. */
  readonly roles: readonly Role[] | 'ANY';
}

const handlerOf = (part: Part): readonly Grant[] => [{ part, roles: ['UNIT_HANDLER'] }];
const staffOf = (part: Part): Grant => ({ part, roles: ['UNIT_HANDLER', 'JOINT_OFFICE'] });
const anyStaffOf = (part: Part): readonly Grant[] => [{ part, roles: ['UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK'] }];
const overseer: readonly Grant[] = [{ part: 'OVERSEER', roles: ['JOINT_OFFICE'] }];

/** Who may do what. The joint office (联席办) watches every referral of its division and acts in none; it decides disputes of others. Delivery is nobody's: the courier does it. */
export const GRANTS: Readonly<Record<Action, readonly Grant[]>> = {
  SEND: handlerOf('SENDER'),
  SIGN: handlerOf('RECEIVER'),
  ACCEPT: handlerOf('RECEIVER'),
  COMPLETE: handlerOf('RECEIVER'),
  REQUEST_RETURN: handlerOf('RECEIVER'),
  CONSENT_TO_RETURN: handlerOf('SENDER'),
  REFUSE_RETURN: handlerOf('SENDER'),
  WITHDRAW: handlerOf('SENDER'),
  RULE_STAY: overseer,
  RULE_BACK: overseer,
  CO_ASK: handlerOf('SENDER'),
  CO_SIGN: handlerOf('UNIT'),
  CO_COMPLETE: handlerOf('UNIT'),
  CO_RELEASE: handlerOf('SENDER'),
  REASSIGN: [staffOf('UNIT')],
  SUBMIT_APPLICATION: [{ part: 'CASE_VIEWER', roles: ['UNIT_HANDLER', 'WINDOW_CLERK', 'JOINT_OFFICE'] }],
  PLAN_VISIT: [staffOf('UNIT')],
  RECORD_VISIT: [staffOf('UNIT'), { part: 'VISITOR', roles: 'ANY' }],
  OFFER_AGENCY: anyStaffOf('UNIT'),
  MOVE_AGENCY: [...anyStaffOf('UNIT'), { part: 'VISITOR', roles: 'ANY' }],
  KEEP_CENTRE: [staffOf('UNIT')],
  FILL_CHECKLIST: [staffOf('UNIT')],
  REPORT_ISSUE: anyStaffOf('UNIT'),
  HAND_OFF_ISSUE: anyStaffOf('UNIT'),
  SETTLE_ISSUE: handlerOf('UNIT'),
  LINK_ISSUE: anyStaffOf('UNIT'),
  RECORD_PUBLICITY: anyStaffOf('UNIT'),
};

export interface Doer {
  readonly roles: readonly Role[];
  readonly parts: readonly Part[];
}

export const mayDo = (doer: Doer, action: Action): boolean =>
  GRANTS[action].some(({ part, roles }) => doer.parts.includes(part) && (roles === 'ANY' || roles.some((role) => doer.roles.includes(role))));

/** The refusal that fits, or null when the action is permitted. */
export const forbids = (doer: Doer, action: Action): Refusal<'NOT_PERMITTED'> | null =>
  mayDo(doer, action) ? null : refuse('NOT_PERMITTED', '您的角色或单位无权进行此操作。', 'Your role or unit may not do this.');
