import { PARTY_ROLES, ROLES, type PartyRole, type Role } from '@anjie/contracts';
import { mayTake, STEP_PERMISSIONS, type StepAction } from './step-permissions';

/** Written by hand from the articles: for each step the roles, and the parts that the role needs ("any" = sees the case). */
const GRID: Readonly<Record<StepAction, { readonly roles: string; readonly parts: string }>> = {
  ROUTE: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'REGISTRAR LEAD' },
  ACCEPT: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'REGISTRAR LEAD' },
  OBJECT: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD' },
  DECIDE_OBJECTION: { roles: 'JOINT_OFFICE', parts: 'any' },
  HANDLE: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD' },
  EXTEND: { roles: '', parts: '' },
  REQUEST_REVIEW: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'any' },
  REVIEW: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'REVIEWER' },
  DELIVER: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD REGISTRAR REVIEWER' },
  TERMINATE: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD REGISTRAR REVIEWER' },
  SUBMIT_CLOSING: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD' },
  FOLLOW_UP: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD REGISTRAR SUPPORT' },
  REOPEN: { roles: 'JOINT_OFFICE WINDOW_CLERK', parts: 'any' },
  PRINT: { roles: 'JOINT_OFFICE UNIT_HANDLER WINDOW_CLERK', parts: 'LEAD REGISTRAR REVIEWER' },
};

const HOME = { divisionCode: '640100', caseDivisionCode: '640104' };
const cells = (Object.keys(GRID) as StepAction[]).flatMap((action) => [...ROLES, 'NONE' as const].map((role) => [action, role, STEP_PERMISSIONS[action].basis] as const));

test.each(cells)('%s by %s (%s)', (action, role) => {
  const { roles, parts } = GRID[action];
  const given: Role[] = role === 'NONE' ? [] : [role];
  for (const part of [null, ...PARTY_ROLES] as (PartyRole | null)[]) {
    const expected = roles.split(' ').includes(role) && (parts === 'any' || (part !== null && parts.split(' ').includes(part)));
    expect(mayTake(action, { roles: given, parts: part ? [part] : [], isHead: false, ...HOME })).toBe(expected);
  }
});

test('《信访工作条例》第三十四条: only the head of the handling unit extends, and no role replaces that', () => {
  expect(mayTake('EXTEND', { roles: [], parts: [], isHead: true, ...HOME })).toBe(true);
  expect(mayTake('EXTEND', { roles: [...ROLES], parts: [...PARTY_ROLES], isHead: false, ...HOME })).toBe(false);
});

/** Where seeing the case is enough: what an office decides is for the office of the place; a petitioner's request is noted by whoever sees the case. */
test.each<[StepAction, boolean]>([['DECIDE_OBJECTION', false], ['REOPEN', false], ['REQUEST_REVIEW', true]])('%s by a joint office of another county that sees the case by a part: %s', (action, may) => {
  for (const part of PARTY_ROLES) expect(mayTake(action, { roles: ['JOINT_OFFICE'], parts: [part], isHead: false, divisionCode: '640121', caseDivisionCode: '640104' })).toBe(may);
});
