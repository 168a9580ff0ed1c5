import { refuse, type Refusal, type Role } from '@anjie/contracts';
import type { ReferralAction } from './referral-lifecycle';

/** What the viewer is to the row: acts for its sender, its receiver, its unit, is the named visitor, or merely sees the case. */
export type Part = 'SENDER' | 'RECEIVER' | 'UNIT' | 'VISITOR' | 'CASE_VIEWER';

export type Action =
  | 'SEND' | Exclude<ReferralAction, 'DELIVER'>
  | 'SUBMIT_APPLICATION' | 'PLAN_VISIT' | 'RECORD_VISIT';

interface Grant {
  readonly part: Part;
  /** ANY: whoever has the part, because it names the person. */
  readonly roles: readonly Role[] | 'ANY';
}

const handlerOf = (part: Part): readonly Grant[] => [{ part, roles: ['UNIT_HANDLER'] }];
const staffOf = (part: Part): Grant => ({ part, roles: ['UNIT_HANDLER', 'JOINT_OFFICE'] });

/** Who may do what. The joint office (联席办) watches every referral of its division and acts in none. Delivery is nobody's: the courier does it. */
export const GRANTS: Readonly<Record<Action, readonly Grant[]>> = {
  SEND: handlerOf('SENDER'),
  SIGN: handlerOf('RECEIVER'),
  ACCEPT: handlerOf('RECEIVER'),
  COMPLETE: handlerOf('RECEIVER'),
  REQUEST_RETURN: handlerOf('RECEIVER'),
  CONSENT_TO_RETURN: handlerOf('SENDER'),
  REFUSE_RETURN: handlerOf('SENDER'),
  WITHDRAW: handlerOf('SENDER'),
  SUBMIT_APPLICATION: [{ part: 'CASE_VIEWER', roles: ['UNIT_HANDLER', 'WINDOW_CLERK', 'JOINT_OFFICE'] }],
  PLAN_VISIT: [staffOf('UNIT')],
  RECORD_VISIT: [staffOf('UNIT'), { part: 'VISITOR', roles: 'ANY' }],
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
