import { ROLES, type Role } from '@anjie/contracts';
import { forbidsService, mayServe, SERVICE_ACTIONS, SERVICE_PARTS, type ServiceAction, type ServicePart } from './service-permissions';

const STAFF = ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT'];
/** role@part pairs that may act, written out once more by hand. */
const ALLOWED: Readonly<Record<ServiceAction, readonly string[]>> = {
  OFFER: [...STAFF, 'WINDOW_CLERK@UNIT'],
  RECORD_ANSWER: [...STAFF, 'WINDOW_CLERK@UNIT'],
  ANSWER: ['UNIT_HANDLER@RESPONDENT', 'JOINT_OFFICE@RESPONDENT'],
  CONDUCT: STAFF,
  REPORT_PERFORMANCE: ['UNIT_HANDLER@OBLIGOR', 'JOINT_OFFICE@OBLIGOR', ...ROLES.map((role) => `${role}@OBLIGED_OFFICIAL`)],
  KEEP_DIRECTORY: ['JOINT_OFFICE@DIVISION_OFFICE'],
  SEND_EXPERTS: ['JOINT_OFFICE@DIVISION_OFFICE'],
  CONTRACT: STAFF,
  ACCEPT_DELIVERY: STAFF,
};
const grid = SERVICE_ACTIONS.flatMap((action) =>
  ROLES.flatMap((role) => SERVICE_PARTS.map((part): [Role, ServicePart, ServiceAction, boolean] => [role, part, action, ALLOWED[action].includes(`${role}@${part}`)])));

test.each(grid)('%s as %s may %s: %s', (role, part, action, expected) => {
  expect(mayServe({ roles: [role], parts: [part] }, action)).toBe(expected);
  expect(forbidsService({ roles: [role], parts: [part] }, action)?.code).toBe(expected ? undefined : 'NOT_PERMITTED');
});

test('whoever has no part may do nothing, and without a role only the named official reports the own promise', () => {
  for (const action of SERVICE_ACTIONS) {
    expect(mayServe({ roles: [...ROLES], parts: [] }, action)).toBe(false);
    expect(mayServe({ roles: [], parts: SERVICE_PARTS }, action)).toBe(action === 'REPORT_PERFORMANCE');
  }
});
