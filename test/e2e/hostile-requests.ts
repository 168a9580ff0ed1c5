import { LIMITS } from '@anjie/contracts';

export { LIMITS };

export const nested = (depth: number): string => `{ division(code: "640104") ${'{ parent '.repeat(depth - 2)} { name } ${'}'.repeat(depth - 2)} }`;
export const repeated = (count: number, text: (n: number) => string): string => Array.from({ length: count }, (_none, n) => text(n)).join(' ');
/** Documents that are refused before any service sees them, or by the one that does: name, document, variables, code. */
export const DOCUMENTS: readonly (readonly [string, string, object, string])[] = [
  ['cyclic fragments', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', {}, 'BAD_USER_INPUT'],
  ['an unknown field near a known one', '{ casez { totalCount } }', {}, 'BAD_USER_INPUT'],
  ['an unknown argument near a known one', '{ division(code: "640104", cod: "1") { name } }', {}, 'BAD_USER_INPUT'],
  ['an unknown type near a known one', '{ ... on Qery { __typename } }', {}, 'BAD_USER_INPUT'],
  ['an unknown input field, inline', '{ cases(filter: { serch: "x" }) { totalCount } }', {}, 'BAD_USER_INPUT'],
  ['an unknown input field, as a variable', 'query ($f: CaseFilter) { cases(filter: $f) { totalCount } }', { f: { serch: 'x' } }, 'BAD_USER_INPUT'],
  ['an unknown enum value, inline', '{ cases(filter: { status: REGISTRED }) { totalCount } }', {}, 'BAD_USER_INPUT'],
  ['an unknown enum value, as a variable', 'query ($s: CaseStatus) { cases(filter: { status: $s }) { totalCount } }', { s: 'REGISTRED' }, 'BAD_USER_INPUT'],
  ['a text for a number', 'query ($n: Int) { cases(first: $n) { totalCount } }', { n: 'NaN' }, 'BAD_USER_INPUT'],
  ['a fraction for a number', 'query ($n: Int) { cases(first: $n) { totalCount } }', { n: 1.5 }, 'BAD_USER_INPUT'],
  ['2^31, inline', '{ cases(first: 2147483648) { totalCount } }', {}, 'QUERY_TOO_LARGE'],
  ['less than -2^31', 'query ($n: Int!) { me { sponsorships(first: $n) { totalCount } } }', { n: -(2 ** 31) - 1 }, 'BAD_USER_INPUT'],
  ['a list for a text', 'query ($s: String) { cases(filter: { search: $s }) { totalCount } }', { s: ['x', { $ne: null }] }, 'BAD_USER_INPUT'],
  ['an object for an id', 'query ($id: ID!) { case(id: $id) { id } }', { id: { $ne: null } }, 'BAD_USER_INPUT'],
  ['a page of 0', '{ cases(first: 0) { nodes { id } } }', {}, 'BAD_USER_INPUT'],
  ['a page of -1', '{ cases(first: -1) { nodes { id } } }', {}, 'BAD_USER_INPUT'],
  ['a page of 101', '{ cases(first: 101) { nodes { id } } }', {}, 'BAD_USER_INPUT'],
  ['a page of 1000', '{ cases(first: 1000) { nodes { id } } }', {}, 'BAD_USER_INPUT'],
  ['a page of 1000, as a variable', 'query ($n: Int) { cases(first: $n) { nodes { id } } }', { n: 1000 }, 'BAD_USER_INPUT'],
  ['an alias too many', `{ ${repeated(LIMITS.aliases.limit + 1, (n) => `a${n}: __typename`)} }`, {}, 'QUERY_TOO_LARGE'],
  ['a root field too many', `{ ${repeated(LIMITS.rootFields.limit + 1, () => 'me { id }')} }`, {}, 'QUERY_TOO_LARGE'],
  ['a level too deep', nested(LIMITS.depth.limit + 1), {}, 'QUERY_TOO_LARGE'],
  ['2,500 tokens', `{ me { ${repeated(2_500, () => 'id')} } }`, {}, 'QUERY_TOO_LARGE'],
  ['a field too many', `{ me { ${repeated(LIMITS.fields.limit, () => 'id')} } }`, {}, 'QUERY_TOO_LARGE'],
  ['a bomb of fragments', `{ ...f0 } ${repeated(20, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f20 on Query { me { id } }`, {}, 'QUERY_TOO_LARGE'],
  ['pages of pages of pages', '{ cases(first: 100) { nodes { petitions(first: 100) { nodes { case { assignments(first: 100) { nodes { id } } } } } } } }', {}, 'QUERY_TOO_LARGE'],
];

/** Every filter and id that takes a text, as a list or entity of somebody who sees rows without it. */
export const TEXTS: readonly string[] = [
  'cases(filter: { search: $s })', 'cases(filter: { divisionCode: $id })', 'cases(filter: { campaignId: $id })', 'cases(filter: { leadUnitId: $id })', 'cases(filter: { partyId: $id })',
  'petitions(filter: { divisionCode: $id })', 'units(filter: { search: $s })', 'units(filter: { divisionCode: $id })', 'officials(filter: { search: $s })', 'officials(filter: { unitId: $id })',
  'divisions(parent: $id)', 'obligations(filter: { dutyCode: $s })', 'obligations(filter: { caseId: $id })', 'obligations(filter: { unitId: $id })', 'obligations(filter: { officialId: $id })',
  'sponsorships(filter: { officialId: $id })', 'sponsorships(filter: { caseId: $id })', 'referrals(filter: { caseId: $id })', 'referrals(filter: { toUnitId: $id })', 'supervisionLetters(filter: { caseId: $id })',
  'campaigns(filter: { divisionCode: $id })', 'campaigns(filter: { parentId: $id })', 'followUpVisits(filter: { unitId: $id })', 'assistanceApplications(filter: { caseId: $id })',
];
export const ENTITIES = ['case(id: $id)', 'petition(id: $id)', 'unit(id: $id)', 'official(id: $id)', 'division(code: $id)', 'referral(id: $id)', 'obligation(id: $id)', 'sponsorship(id: $id)', 'supervisionLetter(id: $id)', 'campaign(id: $id)', 'importRun(id: $id)'];
/** What a text must not do. */
export const HOSTILE = [
  "' OR '1'='1", "') OR 1=1 -- ", '%', '_', '64%', '6401__', '\\', '\\%', '"; DROP TABLE cases; --', '{"$ne":null}', '* @ ~ ( ) < > + -', '"', '\u0000', ' ', '0', 'null', 'true', '\ud800', '🧨', '火星', 'x'.repeat(20_000), '__proto__',
];
