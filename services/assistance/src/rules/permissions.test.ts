import { ROLES, type Role } from '@anjie/contracts';
import { forbids, GRANTS, mayDo, type Action, type Part } from './permissions';

const PARTS: readonly Part[] = ['SENDER', 'RECEIVER', 'UNIT', 'VISITOR', 'CASE_VIEWER', 'OVERSEER'];
const STAFF = ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT'];
const ANY_STAFF = [...STAFF, 'WINDOW_CLERK@UNIT'];
const NAMED = ['RECORD_VISIT', 'MOVE_AGENCY'];
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
  RULE_STAY: ['JOINT_OFFICE@OVERSEER'],
  RULE_BACK: ['JOINT_OFFICE@OVERSEER'],
  CO_ASK: ['UNIT_HANDLER@SENDER'],
  CO_SIGN: ['UNIT_HANDLER@UNIT'],
  CO_COMPLETE: ['UNIT_HANDLER@UNIT'],
  CO_RELEASE: ['UNIT_HANDLER@SENDER'],
  REASSIGN: STAFF,
  SUBMIT_APPLICATION: ['UNIT_HANDLER@CASE_VIEWER', 'WINDOW_CLERK@CASE_VIEWER', 'JOINT_OFFICE@CASE_VIEWER'],
  PLAN_VISIT: ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT'],
  RECORD_VISIT: ['UNIT_HANDLER@UNIT', 'JOINT_OFFICE@UNIT', ...ROLES.map((role) => `${role}@VISITOR`)],
  OFFER_AGENCY: ANY_STAFF,
  MOVE_AGENCY: [...ANY_STAFF, ...ROLES.map((role) => `${role}@VISITOR`)],
  KEEP_CENTRE: STAFF,
  FILL_CHECKLIST: STAFF,
  REPORT_ISSUE: ANY_STAFF,
  HAND_OFF_ISSUE: ANY_STAFF,
  SETTLE_ISSUE: ['UNIT_HANDLER@UNIT'],
  LINK_ISSUE: ANY_STAFF,
  RECORD_PUBLICITY: ANY_STAFF,
};
const grid = ACTIONS.flatMap((action) =>
  ROLES.flatMap((role) => PARTS.map((part): [Role, Part, Action, boolean] => [role, part, action, ALLOWED[action].includes(`${role}@${part}`)])));

describe('role × part × action', () => {
  test.each(grid)('%s as %s may %s: %s', (role, part, action, expected) => {
    expect(mayDo({ roles: [role], parts: [part] }, action)).toBe(expected);
    expect(forbids({ roles: [role], parts: [part] }, action)?.code).toBe(expected ? undefined : 'NOT_PERMITTED');
  });

  test('whoever has no role or no part may do nothing, but a named visitor or agent records the own task', () => {
    for (const action of ACTIONS) {
      expect(mayDo({ roles: [...ROLES], parts: [] }, action)).toBe(false);
      expect(mayDo({ roles: [], parts: PARTS }, action)).toBe(NAMED.includes(action));
    }
  });
});
