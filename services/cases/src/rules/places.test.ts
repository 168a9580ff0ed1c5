import { commonSuperior, decidingPlace, divisionsUpwards, holdsAll, isAbove, mayCharge } from './places';

const ART24 = '《信访工作条例》第二十四条第一款';

test.each([
  ['one place', ['640104'], '640104'],
  ['the same place twice', ['640104', '640104'], '640104'],
  ['two counties of one city', ['640104', '640121'], '640100'],
  ['two townships of one county', ['640104100', '640104101'], '640104'],
  ['a village and its township', ['640104100201', '640104100'], '640104100'],
  ['a township and another county', ['640104100', '640121'], '640100'],
  ['two cities of one province', ['640104', '640221'], '640000'],
  ['a county and its own province', ['640104', '640000'], '640000'],
  ['three counties, one of another city', ['640104', '640121', '640221'], '640000'],
  ['two provinces', ['640104', '610902'], null],
  ['nothing', [], null],
  ['what is no code', ['640104', '6401%'], null],
])(`${ART24}: the common superior of %s`, (_what, divisions, expected) => {
  expect(commonSuperior(divisions)).toBe(expected);
  expect(commonSuperior([...divisions].reverse())).toBe(expected);
});

test(`${ART24}: the common superior holds every place, and no division below it does`, () => {
  const places = ['640104100', '640104', '640121', '640121100', '640100', '640221', '640000', '640104100201'];
  for (const one of places) {
    for (const other of places) {
      const found = commonSuperior([one, other]) ?? '';
      expect(holdsAll(found, [one, other])).toBe(true);
      const below = divisionsUpwards(one).filter((code) => code !== found && holdsAll(found, [code]));
      for (const lower of below) expect(holdsAll(lower, [one, other])).toBe(false);
    }
  }
});

test('a place and all above it, lowest first', () => {
  expect(divisionsUpwards('640104100201')).toEqual(['640104100201', '640104100', '640104', '640100', '640000']);
  expect(divisionsUpwards('640000')).toEqual(['640000']);
});

test('an office without a division, or of another place, holds nothing', () => {
  expect([holdsAll(null, ['640104']), holdsAll('640121', ['640104']), holdsAll('640100', ['640104', '640121'])]).toEqual([false, false, true]);
});

test('《信访工作条例》第二十二条: a village is no organ that decides, its township is asked', () => {
  expect(['640104100201', '640104100', '640104'].map(decidingPlace)).toEqual(['640104100', '640104100', '640104']);
});

test.each([
  ['a unit of the own county', '640104', '640104', true], ['of a township below', '640104', '640104100', true], ['of the city, which is above the case', '640104', '640100', true],
  ['of the province', '640104', '640000', true], ['of the neighbouring county', '640104', '640121', false], ['of another city', '640104', '640200', false], ['of another province', '640104', '610000', false],
  ['of the neighbouring county, by the city', '640100', '640121', true], ['of another city, by the city', '640100', '640221', false], ['of anywhere, by no office', null, '640104100', false],
])('《信访工作条例》第二十二条: with a case of 640104 may be charged %s (office of %s, unit of %s): %s', (_what, own, unitPlace, may) => {
  expect(mayCharge(unitPlace, { own, casePlace: '640104' })).toBe(may);
});

test('above is strictly above', () => {
  expect(['640000', '640100', '640104', '640104100', '640121', '610000'].filter((place) => isAbove(place, '640104'))).toEqual(['640000', '640100']);
});
