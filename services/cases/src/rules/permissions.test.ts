import { PARTY_ROLES, ROLES, type PartyRole, type Role } from '@anjie/contracts';
import { isPermitted, type Action } from './permissions';

const PARTS: readonly (PartyRole | undefined)[] = [undefined, ...PARTY_ROLES];
type Grid = Readonly<Record<Role | 'NONE', string>>;
const alone = (role: string): string => (role === 'JOINT_OFFICE' ? 'yyyyyyyyyyy' : '...........');
const officeOnly = Object.fromEntries([...ROLES, 'NONE'].map((role) => [role, alone(role)])) as unknown as Grid;

/** Columns: no part, REGISTRAR, LEAD, SUPPORT, REFERRED, SPONSOR, TASK_FORCE, REVIEWER, GUIDE, ASSIST, COOPERATE. Written by hand from the duties of the plan. */
const GRIDS: Readonly<Record<Action, Grid>> = {
  REGISTER: { ...officeOnly, UNIT_HANDLER: 'yyyyyyyyyyy', WINDOW_CLERK: 'yyyyyyyyyyy' },
  ASSIGN: officeOnly,
  CAMPAIGN: officeOnly,
  IMPORT: officeOnly,
  EXPORT: { ...officeOnly, UNIT_HANDLER: 'yyyyyyyyyyy' },
  EXPORT_IDENTITY: officeOnly,
  CORRECT: { JOINT_OFFICE: 'yyyyyyyyyyy', UNIT_HANDLER: '.yy........', WINDOW_CLERK: '.yy........', ADMIN: '...........', DEVELOPER: '...........', PUBLIC_PORTAL: '...........', FREE_QUERY: '...........', AUDITOR: '...........', NONE: '...........' },
  DATA_RIGHT: { ...officeOnly, UNIT_HANDLER: '.y.........', WINDOW_CLERK: '.y.........' },
  SEALED: { ...officeOnly, UNIT_HANDLER: 'yyyyyyyyyyy', WINDOW_CLERK: 'yyyyyyyyyyy' },
  EXCLUDE: officeOnly,
  ATTACH: { JOINT_OFFICE: 'yyyyyyyyyyy', UNIT_HANDLER: '.yyyyyyyyyy', WINDOW_CLERK: '.yyyyyyyyyy', ADMIN: '.....yy....', DEVELOPER: '.....yy....', PUBLIC_PORTAL: '.....yy....', FREE_QUERY: '.....yy....', AUDITOR: '.....yy....', NONE: '.....yy....' },
  PLAN: { JOINT_OFFICE: 'yyyyyyyyyyy', UNIT_HANDLER: '..y..yy....', WINDOW_CLERK: '.....yy....', ADMIN: '.....yy....', DEVELOPER: '.....yy....', PUBLIC_PORTAL: '.....yy....', FREE_QUERY: '.....yy....', AUDITOR: '.....yy....', NONE: '.....yy....' },
  REVEAL: { JOINT_OFFICE: 'yyyyyyyyyyy', UNIT_HANDLER: '.yy..yy....', WINDOW_CLERK: '.yy..yy....', ADMIN: '.....yy....', DEVELOPER: '.....yy....', PUBLIC_PORTAL: '.....yy....', FREE_QUERY: '.....yy....', AUDITOR: '.....yy....', NONE: '.....yy....' },
};

const cells = Object.entries(GRIDS).flatMap(([action, grid]) => Object.entries(grid).map(([role, row]) => [action as Action, role, row] as const));

test('the parts of the grid are the parts of the contract, so that a new part must be thought about', () => {
  expect(PARTY_ROLES).toEqual(['REGISTRAR', 'LEAD', 'SUPPORT', 'REFERRED', 'SPONSOR', 'TASK_FORCE', 'REVIEWER', 'GUIDE', 'ASSIST', 'COOPERATE']);
  expect(Object.keys(GRIDS.PLAN).sort()).toEqual([...ROLES, 'NONE'].sort());
});

test.each(cells)('%s by %s: %s', (action, role, row) => {
  const roles = role === 'NONE' ? [] : [role as Role];
  const found = PARTS.map((part) => (isPermitted(action, { roles, parts: part ? [part] : [] }) ? 'y' : '.')).join('');
  expect(found).toBe(row);
});

test('several roles or parts permit what one of them permits, and nothing more', () => {
  for (const action of Object.keys(GRIDS) as Action[]) {
    for (const one of ROLES) {
      for (const other of ROLES) {
        for (const part of PARTY_ROLES) {
          const apart = [one, other].some((role) => isPermitted(action, { roles: [role], parts: [part] }));
          expect(isPermitted(action, { roles: [one, other], parts: [part] })).toBe(apart);
        }
      }
    }
  }
});
