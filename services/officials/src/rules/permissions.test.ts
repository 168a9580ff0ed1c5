import { ROLES, type Role } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';
import { mayDo, mayDoInDivision, type Action } from './permissions';

const viewer = (roles: readonly Role[], part: Partial<Viewer> = {}): Viewer => ({
  kind: 'OFFICIAL', subject: 'someone', unitId: null, divisionCode: '640100', roles: [...roles], locale: 'en', ...part,
});

const GRID: Readonly<Record<Action, Readonly<Record<Role, boolean>>>> = {
  SPONSOR_CASE: { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  END_SPONSORSHIP: { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  FORM_TASK_FORCE: { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  CHANGE_TASK_FORCE: { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  DISSOLVE_TASK_FORCE: { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  KEEP_DIRECTORY: { JOINT_OFFICE: false, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: true, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
  KEEP_PORTAL_CLIENTS: { JOINT_OFFICE: false, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: true, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false },
};
const cells = Object.entries(GRID).flatMap(([action, row]) => ROLES.map((role) => ({ action: action as Action, role, may: row[role] })));

test.each(cells)('$role may $action: $may', ({ action, role, may }) => {
  expect(mayDo(viewer([role]), action)).toBe(may);
});

test.each(Object.keys(GRID) as Action[])('nobody without a role, and no service, may %s', (action) => {
  expect(mayDo(viewer([]), action)).toBe(false);
  expect(mayDo(viewer([...ROLES], { kind: 'SERVICE' }), action)).toBe(false);
});

test.each`
  own         | caseIn         | may
  ${'640000'} | ${'640104'}    | ${true}
  ${'640100'} | ${'640104'}    | ${true}
  ${'640104'} | ${'640104'}    | ${true}
  ${'640104'} | ${'640104100'} | ${true}
  ${'640104'} | ${'640105'}    | ${false}
  ${'640104'} | ${'640100'}    | ${false}
  ${null}     | ${'640104'}    | ${false}
`('a joint office of $own may name the sponsor of a case in $caseIn: $may', ({ own, caseIn, may }: { own: string | null; caseIn: string; may: boolean }) => {
  expect(mayDoInDivision(viewer(['JOINT_OFFICE'], { divisionCode: own }), 'SPONSOR_CASE', caseIn)).toBe(may);
});
