import { PARTY_ROLES, ROLES, type PartyRole, type Role } from '@anjie/contracts';
import { isPermitted, rolesReaching, type Action } from './permissions';

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

const HOME = { divisionCode: '640104', caseDivisionCode: '640104100' };
const rowOf = (action: Action, roles: readonly Role[], place: { divisionCode: string | null; caseDivisionCode: string }): string =>
  PARTS.map((part) => (isPermitted(action, { roles, parts: part ? [part] : [], ...place }) ? 'y' : '.')).join('');

test.each(cells)('%s by %s: %s', (action, role, row) => {
  expect(rowOf(action, role === 'NONE' ? [] : [role as Role], HOME)).toBe(row);
});

/** A joint office in a case of another county: by the part alone, and only where the part is listed. */
const ABROAD: Readonly<Record<Action, string>> = {
  REGISTER: '...........', ASSIGN: '...........', CAMPAIGN: '...........', IMPORT: '...........', EXPORT: '...........', EXPORT_IDENTITY: '...........', SEALED: '...........', EXCLUDE: '...........',
  CORRECT: '.yy........', DATA_RIGHT: '.y.........', ATTACH: '.yyyyyyyyyy', PLAN: '..y..yy....', REVEAL: '.yy..yy....',
};
test.each(Object.entries(ABROAD) as [Action, string][])('《信访工作条例》第二十二条: %s by a joint office whose division does not contain the case: %s', (action, row) => {
  for (const divisionCode of ['640121', '640104101', '610000', null]) expect(rowOf(action, ['JOINT_OFFICE'], { ...HOME, divisionCode })).toBe(row);
  for (const divisionCode of ['640104100', '640104', '640100', '640000']) expect(rowOf(action, ['JOINT_OFFICE'], { ...HOME, divisionCode })).toBe('yyyyyyyyyyy');
});

test('abroad a joint office is none, and what else somebody is stays; where there is no case the role alone counts', () => {
  const abroad = { roles: ['JOINT_OFFICE', 'UNIT_HANDLER'], parts: [], divisionCode: '640121', caseDivisionCode: '640104' } as const;
  expect([rolesReaching(abroad), rolesReaching({ ...abroad, divisionCode: '640100' }), rolesReaching({ ...abroad, caseDivisionCode: null })]).toEqual([['UNIT_HANDLER'], ['JOINT_OFFICE', 'UNIT_HANDLER'], ['UNIT_HANDLER']]);
  expect(isPermitted('CAMPAIGN', { roles: ['JOINT_OFFICE'], parts: [] })).toBe(true);
});

test('several roles or parts permit what one of them permits, and nothing more', () => {
  for (const action of Object.keys(GRIDS) as Action[]) {
    for (const one of ROLES) {
      for (const other of ROLES) {
        for (const part of PARTY_ROLES) {
          const apart = [one, other].some((role) => isPermitted(action, { roles: [role], parts: [part], ...HOME }));
          expect(isPermitted(action, { roles: [one, other], parts: [part], ...HOME })).toBe(apart);
        }
      }
    }
  }
});
