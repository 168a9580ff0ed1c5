import { refuse, type Refusal, type Role } from '@anjie/contracts';

/**
 * What the viewer is to a service: acts for the unit that offers and conducts it, for the unit on the other side, for a unit that owes
 * something by it, is the named official who owes it, or is the joint office of the division that keeps a directory or a pool.
 */
export const SERVICE_PARTS = ['UNIT', 'RESPONDENT', 'OBLIGOR', 'OBLIGED_OFFICIAL', 'DIVISION_OFFICE'] as const;
export type ServicePart = (typeof SERVICE_PARTS)[number];

export const SERVICE_ACTIONS = ['OFFER', 'RECORD_ANSWER', 'ANSWER', 'CONDUCT', 'REPORT_PERFORMANCE', 'KEEP_DIRECTORY', 'SEND_EXPERTS', 'CONTRACT', 'ACCEPT_DELIVERY'] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

interface Grant {
  readonly part: ServicePart;
  /** ANY: the part names the person. */
  readonly roles: readonly Role[] | 'ANY';
}
const staff: readonly Role[] = ['UNIT_HANDLER', 'JOINT_OFFICE'];
const front: readonly Role[] = [...staff, 'WINDOW_CLERK'];

/** Who may do what with a service. A side's consent is recorded by that side; the petitioner's by the unit that asked. */
export const SERVICE_GRANTS: Readonly<Record<ServiceAction, readonly Grant[]>> = {
  OFFER: [{ part: 'UNIT', roles: front }],
  RECORD_ANSWER: [{ part: 'UNIT', roles: front }],
  ANSWER: [{ part: 'RESPONDENT', roles: staff }],
  CONDUCT: [{ part: 'UNIT', roles: staff }],
  REPORT_PERFORMANCE: [{ part: 'OBLIGOR', roles: staff }, { part: 'OBLIGED_OFFICIAL', roles: 'ANY' }],
  KEEP_DIRECTORY: [{ part: 'DIVISION_OFFICE', roles: ['JOINT_OFFICE'] }],
  SEND_EXPERTS: [{ part: 'DIVISION_OFFICE', roles: ['JOINT_OFFICE'] }],
  CONTRACT: [{ part: 'UNIT', roles: staff }],
  ACCEPT_DELIVERY: [{ part: 'UNIT', roles: staff }],
};

export interface ServiceDoer {
  readonly roles: readonly Role[];
  readonly parts: readonly ServicePart[];
}

export const mayServe = (doer: ServiceDoer, action: ServiceAction): boolean =>
  SERVICE_GRANTS[action].some(({ part, roles }) => doer.parts.includes(part) && (roles === 'ANY' || roles.some((role) => doer.roles.includes(role))));

/** The refusal that fits, or null when the action is permitted. */
export const forbidsService = (doer: ServiceDoer, action: ServiceAction): Refusal<'NOT_PERMITTED'> | null =>
  mayServe(doer, action) ? null : refuse('NOT_PERMITTED', '您的角色或单位无权进行此操作。', 'Your role or unit may not do this.');
