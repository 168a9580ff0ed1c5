import { isRateable, ratesOf, ratingState } from './ratings';

const TODAY = '2022-10-10';
test.each([
  ['no notice yet', { opensOn: null, closesOn: null, isRated: false }, 'UNRATED'],
  ['opens tomorrow', { opensOn: '2022-10-11', closesOn: null, isRated: false }, 'UNRATED'],
  ['opens today', { opensOn: TODAY, closesOn: null, isRated: false }, 'OPEN'],
  ['last day', { opensOn: '2022-09-10', closesOn: TODAY, isRated: false }, 'OPEN'],
  ['day after the last', { opensOn: '2022-09-09', closesOn: '2022-10-09', isRated: false }, 'LAPSED_UNRATED'],
  ['rated, long ago', { opensOn: '2022-01-01', closesOn: '2022-02-01', isRated: true }, 'RATED'],
])('国信发〔2022〕11号, %s: %j is %s', (_what, window, state) => expect(ratingState(window, TODAY)).toBe(state));

test.each([
  ['CLAIM', 'ART31_6', true], ['SUGGESTION', 'ART29', true], ['CLAIM', null, true], ['CLAIM', 'ART31_1', false], ['CLAIM', 'ART31_5', false], ['ACCUSATION', 'ART30', false],
  ['ACCUSATION', null, false],
] as const)('国信发〔2014〕16号 第四条: %s on %s is rated: %s', (purpose, route, is) => expect(isRateable({ purpose, route })).toBe(is));

test('满意率 = (满意 + 基本满意) / 已评价; 参评率 = 已评价 / (已评价 + 超期未评价): the unrated stand in no numerator', () => {
  expect(ratesOf({ satisfied: 3, basicallySatisfied: 1, dissatisfied: 2, lapsed: 6 }, false)).toEqual({
    satisfaction: { percent: 66.7, numerator: 4, denominator: 6, isSuppressed: false }, participation: { percent: 50, numerator: 6, denominator: 12, isSuppressed: false },
  });
});

test('nothing rated is no rate: neither 0 % nor 100 %', () => {
  expect(ratesOf({ satisfied: 0, basicallySatisfied: 0, dissatisfied: 0, lapsed: 9 }, false)).toMatchObject({ satisfaction: { percent: null, numerator: 0, denominator: 0 }, participation: { percent: 0 } });
});

test.each([
  [{ satisfied: 4, basicallySatisfied: 0, dissatisfied: 8, lapsed: 0 }, true], [{ satisfied: 8, basicallySatisfied: 0, dissatisfied: 1, lapsed: 0 }, true],
  [{ satisfied: 5, basicallySatisfied: 0, dissatisfied: 5, lapsed: 0 }, false], [{ satisfied: 7, basicallySatisfied: 2, dissatisfied: 0, lapsed: 0 }, false],
])('brief §3.10: of %j the small cell is hidden: %s', (counts, isSuppressed) => {
  expect(ratesOf(counts, true).satisfaction).toMatchObject({ isSuppressed, ...(isSuppressed ? { percent: null, numerator: null, denominator: null } : {}) });
  expect(ratesOf(counts, false).satisfaction.isSuppressed).toBe(false);
});
