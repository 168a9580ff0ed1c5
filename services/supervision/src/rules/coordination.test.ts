import { candidateAfter, commonDivision, type CandidateState } from './coordination';

describe('第二十四条第一款, by analogy: whose the coordination is · rows 69, 70', () => {
  test.each([
    ['640104', '640104', '640104'], ['640104100', '640104', '640104'], ['640104100', '640104101', '640104'], ['640104', '640105', '640100'], ['640104', '640221', '640000'],
    ['640104', '640000', '640000'], ['640104', '330402', null],
  ])('%s and %s: %s', (one, other, common) => {
    expect(commonDivision(one, other)).toBe(common);
    expect(commonDivision(other, one)).toBe(common);
  });
});

describe('what a told dispute makes of a candidate · row 70', () => {
  test.each<[CandidateState | null, 'OPEN' | 'SETTLED', CandidateState | null]>([
    [null, 'OPEN', 'WAITING'], ['WAITING', 'OPEN', null], ['ON_AGENDA', 'OPEN', null], ['SETTLED', 'OPEN', null], ['AGREED', 'OPEN', null],
    [null, 'SETTLED', 'AGREED'], ['WAITING', 'SETTLED', 'AGREED'], ['ON_AGENDA', 'SETTLED', 'AGREED'], ['SETTLED', 'SETTLED', null], ['AGREED', 'SETTLED', null],
  ])('%s, told %s: %s', (known, told, after) => expect(candidateAfter(known, told)).toBe(after));
});
