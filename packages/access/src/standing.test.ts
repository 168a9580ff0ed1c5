import { REVOCATION_BUDGET } from './revocation-budget';
import { keepsPlace, viewerToday, type Standing } from './standing';
import type { Viewer } from './viewer';

const UNIT = '7f7c1e0a-6f0f-4e64-8f0e-6b0a3f1f2c11';
const OTHER = '1b0c3a52-2f67-4a52-9d39-5a64c5a1e7aa';
const viewer = (part: Partial<Viewer> = {}): Viewer => ({
  kind: 'OFFICIAL', subject: '0f4a8a5e-2f1e-4c8c-9a53-0d8c2b1f6a10', unitId: UNIT, divisionCode: '640104', roles: ['JOINT_OFFICE', 'ADMIN'], locale: 'zh-CN', signedInAt: 1_700_000_000, ...part,
});
const standing = (part: Partial<Standing> = {}): Standing => ({
  isInOffice: true, isDirectoryEmpty: false, sessionsValidAfter: null, posts: [{ unitId: UNIT, divisionCode: '640104' }], ...part,
});

test.each<[string, Partial<Viewer>, Partial<Standing>, Partial<Viewer> | undefined]>([
  ['holds the post that the token names', {}, {}, {}],
  ['the same in capitals', { unitId: UNIT.toUpperCase() }, {}, { unitId: UNIT }],
  ['is not in the directory, or has left', {}, { isInOffice: false, posts: [] }, undefined],
  ['holds no post in the unit any more', {}, { posts: [{ unitId: OTHER, divisionCode: '640104' }] }, { unitId: null, divisionCode: null, roles: ['ADMIN'] }],
  ['whose unit is closed', { roles: ['UNIT_HANDLER'] }, { posts: [] }, { unitId: null, divisionCode: null, roles: [] }],
  ['acts for a second unit and uses that one', { unitId: OTHER, divisionCode: '640105' }, { posts: [{ unitId: UNIT, divisionCode: '640104' }, { unitId: OTHER, divisionCode: '640105' }] }, {}],
  ['uses the post of one unit with the division of another', { divisionCode: '640105' }, { posts: [{ unitId: UNIT, divisionCode: '640104' }, { unitId: OTHER, divisionCode: '640105' }] }, { divisionCode: null }],
  ['claims the city from a county', { divisionCode: '640100' }, {}, { divisionCode: null }],
  ['claims the province from a county', { divisionCode: '640000' }, {}, { divisionCode: null }],
  ['claims a street of the county', { divisionCode: '640104100' }, {}, {}],
  ['names no unit and a division beyond every post', { unitId: null, divisionCode: '640000' }, {}, { divisionCode: null }],
  ['names no unit and the division of a post', { unitId: null }, {}, {}],
  ['an administrator without unit or post', { unitId: null, divisionCode: null, roles: ['ADMIN'] }, { posts: [] }, {}],
])('an official who %s', (_who, asked, facts, expected) => {
  const given = viewer(asked);
  expect(viewerToday(given, standing(facts))).toEqual(expected && { ...given, ...expected });
});

test('while the directory is empty an administrator is an administrator and nothing else; nobody else comes in', () => {
  const empty = standing({ isInOffice: false, isDirectoryEmpty: true, posts: [] });
  expect(viewerToday(viewer(), empty)).toEqual({ ...viewer(), unitId: null, divisionCode: null, roles: ['ADMIN'] });
  expect(viewerToday(viewer({ roles: ['JOINT_OFFICE', 'DEVELOPER'] }), empty)).toBeUndefined();
});

test.each<[number | undefined, boolean]>([[1_699_999_999, false], [1_700_000_000, false], [1_700_000_001, true], [undefined, false]])('sessions ended at …000.4: a token of %s is good: %s', (signedInAt, isGood) => {
  const ended = standing({ sessionsValidAfter: new Date(1_700_000_000_400) });
  expect(viewerToday(viewer({ signedInAt }), ended) !== undefined).toBe(isGood);
});

test.each<[string, Partial<Standing>, boolean]>([
  ['still holds the post', {}, true],
  ['left', { isInOffice: false, posts: [] }, false],
  ['moved', { posts: [{ unitId: OTHER, divisionCode: '640104' }] }, false],
  ['serves in a unit of a smaller place now', { posts: [{ unitId: UNIT, divisionCode: '640104100' }] }, false],
  ['was signed out', { sessionsValidAfter: new Date(1_700_000_001_000) }, false],
])('work that an official asked for who %s goes on: %#', (_who, facts, goesOn) => {
  expect(keepsPlace(viewer(), viewerToday(viewer(), standing(facts)))).toBe(goesOn);
});

test('what may be believed too long adds up to less than a minute', () => {
  const { promisedMs, keysKeptMs, keyFetchMs, tokenKeptMs, standingKeptMs } = REVOCATION_BUDGET;
  expect(keysKeptMs + keyFetchMs + tokenKeptMs).toBeLessThan(promisedMs);
  // what is left for the message that carries the fact is more than the age at which an operator is alarmed would allow in peace
  expect(promisedMs - standingKeptMs).toBeGreaterThanOrEqual(45_000);
});
