import { divisionLine, levelsBelow, proposeSponsors, ruleFor, type SponsorCandidate, type SponsorshipRule } from './sponsorship-levels';

const rule = (part: Partial<SponsorshipRule> = {}): SponsorshipRule => ({ code: 'GENERAL', divisionCode: null, leastLevel: 'TOWNSHIP', leastLevelIfHard: 'COUNTY', mostCases: 3, retired: false, ...part });

test.each`
  place          | code
  ${'640104'}    | ${'COUNTY_RULE'}
  ${'640104100'} | ${'COUNTY_RULE'}
  ${'640105'}    | ${'CITY_RULE'}
  ${'330402'}    | ${'GENERAL'}
`('the most specific rule that is in force holds in $place: $code · row 62', ({ place, code }: { place: string; code: string }) => {
  const rules = [rule(), rule({ code: 'OLD', divisionCode: '640104', retired: true }), rule({ code: 'CITY_RULE', divisionCode: '640100' }), rule({ code: 'COUNTY_RULE', divisionCode: '640104' })];
  expect(ruleFor(rules, place).code).toBe(code);
});

test('of two rules for one place the later one holds; without any in force nothing is guessed · row 62', () => {
  expect(ruleFor([rule(), rule({ code: 'LATER' })], '640104').code).toBe('LATER');
  expect(() => ruleFor([rule({ retired: true })], '640104')).toThrow('no rule');
});

test('levels below what is asked, and the places above one · rows 49, 66', () => {
  expect([levelsBelow('CITY'), levelsBelow('TOWNSHIP')]).toEqual([['TOWNSHIP', 'COUNTY'], []]);
  expect(divisionLine('640104100')).toEqual(['640104100', '640104', '640100', '640000']);
  expect(divisionLine('640104100201')).toEqual(['640104100201', '640104100', '640104', '640100', '640000']);
  expect(divisionLine('640100')).toEqual(['640100', '640000']);
});

const candidates: SponsorCandidate[] = [
  { officialId: 'town', level: 'TOWNSHIP', activeCases: 0 }, { officialId: 'county', level: 'COUNTY', activeCases: 1 },
  { officialId: 'busy', level: 'CITY', activeCases: 3 }, { officialId: 'city', level: 'CITY', activeCases: 2 },
];
const order = (isHard: boolean, most = 10) => proposeSponsors(candidates, { rule: rule(), isHard }, most).map((one) => one.officialId);

test('the hardest case goes to the highest level that is not full, an ordinary one to the nearest; each with its reasons · row 49', () => {
  expect(order(true)).toEqual(['city', 'county', 'busy', 'town']);
  expect(order(false)).toEqual(['town', 'county', 'city', 'busy']);
  expect(order(false, 2)).toEqual(['town', 'county']);
  const [first] = proposeSponsors(candidates, { rule: rule(), isHard: true }, 1);
  expect(first?.reasons.map(({ zh }) => zh)).toEqual(['市级领导，疑难案件规则要求不低于县级：符合', '现有包案2件，规则建议不超过3件']);
});
