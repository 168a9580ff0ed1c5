import { PARTY_ROLES, type PartyRole, type Role } from '@anjie/contracts';

export type Action = 'ATTACH' | 'REGISTER' | 'ASSIGN' | 'PLAN' | 'REVEAL' | 'CAMPAIGN' | 'IMPORT' | 'SEALED' | 'EXCLUDE' | 'CORRECT' | 'EXPORT' | 'EXPORT_IDENTITY' | 'DATA_RIGHT';

/** What a viewer is in general, and in this case. */
export interface Standing {
  readonly roles: readonly Role[];
  /** Parts of the viewer, or of the viewer's unit subtree, in the case; empty where there is no case yet. */
  readonly parts: readonly PartyRole[];
}

interface Permission {
  readonly roles: readonly Role[];
  readonly parts: readonly PartyRole[];
}

/**
 * Who may do what. A listed role is enough by itself (the row must still be visible); UNIT_HANDLER and WINDOW_CLERK
 * need one of the listed parts as well, where parts are listed.
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
  if (standing.roles.includes('JOINT_OFFICE') && roles.includes('JOINT_OFFICE')) return true;
  const hasPart = parts.some((part) => standing.parts.includes(part));
  // a sponsor or task force member acts by the part alone
  if (hasPart && standing.parts.some((part) => part === 'SPONSOR' || part === 'TASK_FORCE')) return true;
  return standing.roles.some((role) => roles.includes(role)) && (parts.length === 0 || hasPart);
}
