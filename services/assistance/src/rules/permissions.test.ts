import { ROLES, type Role } from '@anjie/contracts';
import { forbids, GRANTS, mayDo, type Action, type Part } from './permissions';

const PARTS: readonly Part[] = ['SENDER', 'RECEIVER', 'UNIT', 'VISITOR', 'CASE_VIEWER'];
const ACTIONS = Object.keys(GRANTS) as Action[];
/** role@part pairs that may act, written out once more by hand. */
const ALLOWED: Readonly<Record<Action, readonly string[]>> = {
  SEND: ['UNIT_HANDLER@SENDER'],
  SIGN: ['UNIT_HANDLER@RECEIVER'],
  ACCEPT: ['UNIT_HANDLER@RECEIVER'],
  COMPLETE: ['UNIT_HANDLER@RECEIVER'],
  REQUEST_RETURN: ['UNIT_HANDLER@RECEIVER'],
  CONSENT_TO_RETURN: ['UNIT_HANDLER@SENDER'],
  REFUSE_RETURN: ['UNIT_HANDLER@SENDER'],
  WITHDRAW: ['UNIT_HANDLER@SENDER'],
  SUBMIT_APPLICATION: ['UNIT_HANDLER@CASE_VIEWER', 'WINDOW_CLERK@CASE_VIEWER', 'JOINT_OFFICE@CASE_VIEWER'],
  PLAN_VISIT: ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT'],
  RECORD_VISIT: ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT', ...ROLES.map((role) => `${role}@VISITOR`)],
};
const grid = ACTIONS.flatMap((action) =>
  ROLES.flatMap((role) => PARTS.map((part): [Role, Part, Action, boolean] => [role, part, action, ALLOWED[action].includes(`${role}@${part}`)])));

describe('role × part × action', () => {
  test.each(grid)('%s as %s may %s: %s', (role, part, action, expected) => {
    expect(mayDo({ roles: [role], parts: [part] }, action)).toBe(expected);
    expect(forbids({ roles: [role], parts: [part] }, action)?.code).toBe(expected ? undefined : 'NOT_PERMITTED');
  });

  test('whoever has no role or no part may do nothing, but a named visitor records the own visit', () => {
    for (const action of ACTIONS) {
      expect(mayDo({ roles: [...ROLES], parts: [] }, action)).toBe(false);
      expect(mayDo({ roles: [], parts: PARTS }, action)).toBe(action === 'RECORD_VISIT');
    }
  });
});
