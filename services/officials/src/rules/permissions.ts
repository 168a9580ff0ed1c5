import { isInDivision, type Role } from '@anjie/contracts';
import { hasRole, type Viewer } from '@anjie/access';

export type Action = 'SPONSOR_CASE' | 'END_SPONSORSHIP' | 'FORM_TASK_FORCE' | 'CHANGE_TASK_FORCE' | 'DISSOLVE_TASK_FORCE' | 'KEEP_DIRECTORY' | 'KEEP_PORTAL_CLIENTS';

/** Who may do what. Naming leaders is the joint office's (联席会议综合协调); the directory is the administrator's. */
export const PERMISSIONS: Readonly<Record<Action, readonly Role[]>> = {
  SPONSOR_CASE: ['JOINT_OFFICE'],
  END_SPONSORSHIP: ['JOINT_OFFICE'],
  FORM_TASK_FORCE: ['JOINT_OFFICE'],
  CHANGE_TASK_FORCE: ['JOINT_OFFICE'],
  DISSOLVE_TASK_FORCE: ['JOINT_OFFICE'],
  KEEP_DIRECTORY: ['ADMIN'],
  KEEP_PORTAL_CLIENTS: ['ADMIN'],
};

export const mayDo = (viewer: Viewer, action: Action): boolean => viewer.kind === 'OFFICIAL' && hasRole(viewer, ...PERMISSIONS[action]);

/** The viewer's own division must contain the case: a part in a case of another county shows it and commands nothing. */
export const mayDoInDivision = (viewer: Viewer, action: Action, divisionCode: string): boolean =>
  mayDo(viewer, action) && viewer.divisionCode !== null && isInDivision(divisionCode, viewer.divisionCode);
