import { PARTY_ROLES, type PartyRole, type Role } from '@anjie/contracts';
import { faultIn, faultUndecided, isPlainText, isRoleOfPlace, mayCoordinate, type CoordinationAction, type CoordinationStanding, type PlaceKind, type ProposedResponsibility, type ResponsibilityRole } from './responsibility';

const PRACTICE = '三跨三分离 (practice)';

test.each<[PlaceKind | null, string]>([
  ['OCCURRENCE', 'y..'],
  [null, 'yy.'],
  ['RESIDENCE', '.y.'],
  ['HOUSEHOLD', '..y'],
])(`${PRACTICE}: the place %s gives of RESOLVE, ASSIST, COOPERATE: %s`, (placeKind, row) => {
  const roles: readonly ResponsibilityRole[] = ['RESOLVE', 'ASSIST', 'COOPERATE'];
  expect(roles.map((role) => (isRoleOfPlace(role, placeKind) ? 'y' : '.')).join('')).toBe(row);
});

const one = (unitId: string, role: ResponsibilityRole, placeKind: PlaceKind | null = null, ground = '事发在本地'): ProposedResponsibility => ({ unitId, role, placeKind, ground });
const good = [one('a', 'RESOLVE', 'OCCURRENCE'), one('b', 'ASSIST', 'RESIDENCE'), one('c', 'COOPERATE', 'HOUSEHOLD')];

test(`${PRACTICE}: one unit resolves, the residence assists, the household place cooperates`, () => {
  expect([faultIn(good), faultUndecided(good, 'a')]).toEqual([undefined, undefined]);
});

test.each<[string, ProposedResponsibility[], string]>([
  ['nobody', [], 'COUNT_OUT_OF_RANGE'],
  ['21 units', [one('a', 'RESOLVE'), ...Array.from({ length: 20 }, (_unused, i) => one(`u${i}`, 'ASSIST'))], 'COUNT_OUT_OF_RANGE'],
  ['a unit twice', [one('a', 'RESOLVE'), one('a', 'ASSIST')], 'UNIT_TWICE'],
  ['nobody who resolves', [one('a', 'ASSIST')], 'ONE_RESOLVER'],
  ['two that resolve', [one('a', 'RESOLVE'), one('b', 'RESOLVE')], 'ONE_RESOLVER'],
  ['no ground', [one('a', 'RESOLVE', null, '  ')], 'TEXT_LENGTH'],
  ['a ground of 501', [one('a', 'RESOLVE', null, '地'.repeat(501))], 'TEXT_LENGTH'],
  ['a NUL in the ground', [one('a', 'RESOLVE', null, 'a\u0000')], 'TEXT_LENGTH'],
])('a set with %s is at fault: %s', (_what, set, fault) => {
  expect(faultIn(set)).toBe(fault);
});

test.each<[string, ProposedResponsibility[], string]>([
  ['the residence that resolves', [one('a', 'RESOLVE', 'RESIDENCE')], 'ROLE_NOT_BY_PLACE'],
  ['the household place that assists', [one('a', 'RESOLVE', 'OCCURRENCE'), one('b', 'ASSIST', 'HOUSEHOLD')], 'ROLE_NOT_BY_PLACE'],
  ['the place of occurrence that only cooperates', [one('a', 'RESOLVE'), one('b', 'COOPERATE', 'OCCURRENCE')], 'ROLE_NOT_BY_PLACE'],
  ['a unit that resolves and does not lead', [one('z', 'RESOLVE', 'OCCURRENCE')], 'RESOLVER_NOT_LEAD'],
])(`${PRACTICE}: without a decision of the conference, %s is at fault: %s`, (_what, set, fault) => {
  expect(faultIn(set)).toBeUndefined();
  expect(faultUndecided(set, 'a')).toBe(fault);
});

test('500 characters outside the basic plane are 500 characters', () => {
  expect([isPlainText('𠮷'.repeat(500), 500), isPlainText('𠮷'.repeat(501), 500), isPlainText('一行\n二行', 500)]).toEqual([true, false, true]);
});

type Grid = Readonly<Record<Role | 'NONE', string>>;
const parts = PARTY_ROLES.length + 1;
const nobody = '.'.repeat(parts);
const all = 'y'.repeat(parts);
/** Columns: no part, then the parts of the contract in their order. */
const leadOnly = [undefined, ...PARTY_ROLES].map((part) => (part === 'LEAD' ? 'y' : '.')).join('');
const none: Grid = { JOINT_OFFICE: nobody, UNIT_HANDLER: nobody, WINDOW_CLERK: nobody, ADMIN: nobody, DEVELOPER: nobody, PUBLIC_PORTAL: nobody, FREE_QUERY: nobody, AUDITOR: nobody, NONE: nobody };
const GRIDS: Readonly<Record<CoordinationAction, Grid>> = {
  SET_RESPONSIBILITIES: { ...none, JOINT_OFFICE: all },
  REQUEST_COORDINATION: { ...none, UNIT_HANDLER: leadOnly },
  WITHDRAW_COORDINATION: { ...none, UNIT_HANDLER: leadOnly },
  DECIDE_COORDINATION: { ...none, JOINT_OFFICE: all },
  DESIGNATE_SUCCESSOR: { ...none, JOINT_OFFICE: all },
};
const cells = Object.entries(GRIDS).flatMap(([action, grid]) => Object.entries(grid).map(([role, row]) => [action as CoordinationAction, role, row] as const));
const standing = (part: Partial<CoordinationStanding>): CoordinationStanding => ({ roles: [], parts: [], divisionCode: '640100', places: ['640104', '640121'], superior: '640100', ...part });

test.each(cells)('《信访工作条例》第二十二条, 第二十四条: %s by %s: %s', (action, role, row) => {
  const roles = role === 'NONE' ? [] : [role as Role];
  const found = [undefined, ...PARTY_ROLES].map((part) => (mayCoordinate(action, standing({ roles, parts: part ? [part as PartyRole] : [] })) ? 'y' : '.')).join('');
  expect(found).toBe(row);
});

test.each<[CoordinationAction, string | null, boolean]>([
  ['SET_RESPONSIBILITIES', '640000', true], ['SET_RESPONSIBILITIES', '640100', true], ['SET_RESPONSIBILITIES', '640104', false], ['SET_RESPONSIBILITIES', null, false],
  ['DECIDE_COORDINATION', '640000', false], ['DECIDE_COORDINATION', '640100', true], ['DECIDE_COORDINATION', '640104', false], ['DECIDE_COORDINATION', null, false],
  ['DESIGNATE_SUCCESSOR', '640000', true], ['DESIGNATE_SUCCESSOR', '640104', false],
])('《信访工作条例》第二十四条第一款: %s by the office of %s, places in two counties of 640100: %s', (action, divisionCode, expected) => {
  expect(mayCoordinate(action, standing({ roles: ['JOINT_OFFICE'], divisionCode }))).toBe(expected);
});

test('without a request there is nothing to decide', () => {
  expect(mayCoordinate('DECIDE_COORDINATION', standing({ roles: ['JOINT_OFFICE'], superior: null, divisionCode: null }))).toBe(false);
});
