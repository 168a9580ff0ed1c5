import { ROLES, type Role } from '@anjie/contracts';
import { IDENTITY_FIELDS, lookerOf, LOOKERS, LOOKS, showingOf, shownIdentity } from './identity-showing';

const words = { name: '马小明', idNumber: '640104199001011234', phone: '13800000007', address: '某路1号' };

/** The whole table as it is read by people; docs/security.md points here. */
const printed = (isRestricted: boolean): string => LOOKS.flatMap((look) => LOOKERS.map((looker) =>
  `${look} ${looker} ${IDENTITY_FIELDS.map((field) => `${field}:${showingOf({ look, looker, isRestricted }, field)}`).join(' ')}`)).filter((line) => /CLEAR|MASKED/.test(line)).join('\n');

test('who sees what of an identity, on which way: everything that is not here is not shown', () => {
  console.log(printed(false));
  expect(printed(false)).toBe(`SEEN JOINT_OFFICE name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
SEEN UNIT_HANDLER name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
SEEN WINDOW_CLERK name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
SEEN PART name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
REVEALED JOINT_OFFICE name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
REVEALED UNIT_HANDLER name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
REVEALED WINDOW_CLERK name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
REVEALED PART name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
EXPORTED JOINT_OFFICE name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
EXPORTED UNIT_HANDLER name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
EXPORTED_IN_FULL JOINT_OFFICE name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
PAPER JOINT_OFFICE name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER UNIT_HANDLER name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER WINDOW_CLERK name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER PART name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING`);
});

test('限制处理 (《个人信息保护法》第四十四条): only the joint office still reaches the petitioner, papers are still addressed, and nothing is exported', () => {
  expect(printed(true)).toBe(`SEEN JOINT_OFFICE name:MASKED idNumber:MASKED phone:MASKED address:NOTHING
REVEALED JOINT_OFFICE name:CLEAR idNumber:CLEAR phone:CLEAR address:CLEAR
PAPER JOINT_OFFICE name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER UNIT_HANDLER name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER WINDOW_CLERK name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING
PAPER PART name:CLEAR idNumber:NOTHING phone:NOTHING address:NOTHING`);
});

test('a restriction never shows more', () => {
  const rank = { NOTHING: 0, MASKED: 1, CLEAR: 2 };
  for (const look of LOOKS) for (const looker of LOOKERS) for (const field of IDENTITY_FIELDS) {
    expect(rank[showingOf({ look, looker, isRestricted: true }, field)]).toBeLessThanOrEqual(rank[showingOf({ look, looker, isRestricted: false }, field)]);
  }
});

test.each<[Role[], string]>([[[], 'PART'], [['ADMIN'], 'PART'], [['DEVELOPER', 'UNIT_HANDLER'], 'UNIT_HANDLER'], [['WINDOW_CLERK', 'JOINT_OFFICE'], 'JOINT_OFFICE'], [[...ROLES], 'PUBLIC_PORTAL'], [['AUDITOR'], 'AUDITOR']])('roles %j look as %s', (roles, looker) => {
  expect(lookerOf(roles)).toBe(looker);
});

test('what is masked shows neither the whole nor the address; what is not shown is null', () => {
  expect(shownIdentity(words, { look: 'SEEN', looker: 'UNIT_HANDLER', isRestricted: false })).toEqual({ name: '马**', idNumber: '640**************4', phone: '138******07', address: null });
  expect(shownIdentity(words, { look: 'SEEN', looker: 'PUBLIC_PORTAL', isRestricted: false })).toEqual({ name: null, idNumber: null, phone: null, address: null });
  expect(shownIdentity(words, { look: 'REVEALED', looker: 'PART', isRestricted: false })).toEqual(words);
  expect(shownIdentity({ ...words, name: null, phone: '' }, { look: 'REVEALED', looker: 'PART', isRestricted: false })).toMatchObject({ name: null, phone: null });
});
