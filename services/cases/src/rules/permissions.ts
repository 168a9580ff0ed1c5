import { PARTY_ROLES, type PartyRole, type Role } from '@anjie/contracts';
import { holdsAll } from './places';

export type Action = 'ATTACH' | 'REGISTER' | 'ASSIGN' | 'PLAN' | 'REVEAL' | 'CAMPAIGN' | 'IMPORT' | 'SEALED' | 'EXCLUDE' | 'CORRECT' | 'EXPORT' | 'EXPORT_IDENTITY' | 'DATA_RIGHT';

/** What a viewer is where there is no case yet, or in the sealed lane, which knows no division. */
interface StandingInGeneral {
  readonly roles: readonly Role[];
  readonly parts: readonly [];
  readonly caseDivisionCode?: undefined;
}
/** What a viewer is in a case. */
export interface StandingInCase {
  readonly roles: readonly Role[];
  /** Parts of the viewer, or of the viewer's unit subtree. */
  readonly parts: readonly PartyRole[];
  readonly divisionCode: string | null;
  readonly caseDivisionCode: string | null;
}
export type Standing = StandingInGeneral | StandingInCase;

/** A joint office is one within its own division: a part in a case of another county shows the case and commands nothing (第二十二条). */
export const rolesReaching = (standing: Standing): readonly Role[] =>
  standing.caseDivisionCode === undefined || (standing.caseDivisionCode !== null && holdsAll(standing.divisionCode, [standing.caseDivisionCode]))
    ? standing.roles : standing.roles.filter((role) => role !== 'JOINT_OFFICE');

interface Permission {
  readonly roles: readonly Role[];
  readonly parts: readonly PartyRole[];
}

/**
 * Who may do what. A listed role is enough by itself (the row must still be visible); UNIT_HANDLER, WINDOW_CLERK and a joint
 * office of another division need one of the listed parts as well, where parts are listed.
 */
export const PERMISSIONS: Readonly<Record<Action, Permission>> = {
  REGISTER: { roles: ['JOINT_OFFICE', 'WINDOW_CLERK', 'UNIT_HANDLER'], parts: [] },
  ASSIGN: { roles: ['JOINT_OFFICE'], parts: [] },
  PLAN: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER'], parts: ['LEAD', 'SPONSOR', 'TASK_FORCE'] },
  REVEAL: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'], parts: ['LEAD', 'REGISTRAR', 'SPONSOR', 'TASK_FORCE'] },
  CAMPAIGN: { roles: ['JOINT_OFFICE'], parts: [] },
  IMPORT: { roles: ['JOINT_OFFICE'], parts: [] },
  ATTACH: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'], parts: [...PARTY_ROLES] },
  // whoever sees a sealed case belongs to the unit that has it
  SEALED: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'], parts: [] },
  EXCLUDE: { roles: ['JOINT_OFFICE'], parts: [] },
  EXPORT: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER'], parts: [] },
  EXPORT_IDENTITY: { roles: ['JOINT_OFFICE'], parts: [] },
  DATA_RIGHT: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'], parts: ['REGISTRAR'] },
  CORRECT: { roles: ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'], parts: ['REGISTRAR', 'LEAD'] },
};

export function isPermitted(action: Action, standing: Standing): boolean {
  const { roles, parts } = PERMISSIONS[action];
  const reaching = rolesReaching(standing).filter((role) => roles.includes(role));
  if (reaching.includes('JOINT_OFFICE')) return true;
  const own: readonly PartyRole[] = standing.parts;
  if (!parts.some((part) => own.includes(part))) return parts.length === 0 && reaching.length > 0;
  // a sponsor or task force member acts by the part alone
  return own.some((part) => part === 'SPONSOR' || part === 'TASK_FORCE') || standing.roles.some((role) => roles.includes(role));
}
