import type { Viewer } from '@anjie/access';
import { drawnOf, drawObjection, drawSample, examinerObjection, recognisedOf, resultObjection, type ExaminerFacts, type ResultWish, type Sampled } from './close-sample';

const population: Sampled[] = Array.from({ length: 60 }, (_unused, i) => ({ reviewId: `r${i}`, unitId: i < 40 ? 'large' : i < 58 ? 'middle' : 'small' }));
const terms = { seed: '2025-Q2', sharePercent: 10, leastPerUnit: 2 };
const office: Viewer = { kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640100', roles: ['JOINT_OFFICE'], locale: 'en' };

describe('抽查: a seeded sample, stratified by unit · row 116', () => {
  test('the same seed on the same files gives the same sample, in whatever order they come', () => {
    const once = drawSample(population, terms);
    expect([...drawSample([...population].reverse(), terms)].sort()).toEqual([...once].sort());
    expect([...drawSample(population, { ...terms, seed: '2025-Q3' })].sort()).not.toEqual([...once].sort());
  });
  test('every unit gives its share, rounded up, and not less than the least', () => {
    const drawn = drawSample(population, terms);
    const of = (unitId: string) => population.filter((one) => one.unitId === unitId && drawn.has(one.reviewId)).length;
    expect([of('large'), of('middle'), of('small')]).toEqual([4, 2, 2]);
  });
  test.each([[100, 10, 1, 10], [101, 10, 1, 11], [5, 10, 3, 3], [2, 10, 3, 2], [0, 10, 3, 0], [7, 100, 1, 7]])('of %i files at %i%% and at least %i: %i', (count, sharePercent, leastPerUnit, drawn) => {
    expect(drawnOf(count, { sharePercent, leastPerUnit })).toBe(drawn);
  });
  test('no file is favoured: over many seeds each of forty is drawn about as often', () => {
    const hits = new Map<string, number>();
    for (let seed = 0; seed < 400; seed += 1) for (const id of drawSample(population.slice(0, 40), { ...terms, seed: `s${seed}`, sharePercent: 25 })) hits.set(id, (hits.get(id) ?? 0) + 1);
    const counts = population.slice(0, 40).map((one) => hits.get(one.reviewId) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(140);
  });
});

test('保证质量前提下加快进度: a unit whose sample held counts all its files, one that got a file back only those confirmed · row 116', () => {
  const item = (reviewId: string, unitId: string, state: 'NOT_DRAWN' | 'CONFIRMED' | 'RETURNED') => ({ reviewId, unitId, state });
  expect(recognisedOf([
    item('a1', 'a', 'CONFIRMED'), item('a2', 'a', 'NOT_DRAWN'), item('b1', 'b', 'CONFIRMED'), item('b2', 'b', 'RETURNED'), item('b3', 'b', 'NOT_DRAWN'),
  ])).toEqual(['a1', 'a2', 'b1']);
});

describe('who draws · row 116', () => {
  const wish = { divisionCode: '640104', fromDay: '2025-04-01', toDay: '2025-06-30', sharePercent: 10, leastPerUnit: 1 };
  test.each<[string, Partial<Viewer>, object, string | undefined]>([
    ['the office above', {}, {}, undefined],
    ['an office elsewhere', { divisionCode: '640200' }, {}, 'OUTSIDE_DIVISION'],
    ['a handler', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
    ['a period that still runs', {}, { toDay: '2025-07-10' }, 'PERIOD_NOT_ACCEPTABLE'],
    ['a period that ends before it begins', {}, { toDay: '2025-03-01' }, 'PERIOD_NOT_ACCEPTABLE'],
    ['more than a year', {}, { fromDay: '2024-01-01' }, 'PERIOD_NOT_ACCEPTABLE'],
    ['no share', {}, { sharePercent: 0 }, 'SIZE_NOT_ACCEPTABLE'],
    ['a blank seed', {}, { seed: ' ' }, 'SIZE_NOT_ACCEPTABLE'],
  ])('%s', (_sentence, who, part, code) => expect(drawObjection({ ...office, ...who }, { ...wish, ...part }, '2025-07-10')?.code).toBe(code));
});

describe('who examines a drawn file · rows 115, 116', () => {
  const facts: ExaminerFacts = { reviewDivisionCode: '640104', submittedBy: 'x', isOfSubmittingUnit: false, hasPartInCase: false, hasReviewedOne: false };
  test.each<[string, Partial<ExaminerFacts>, string | undefined]>([
    ['somebody who reviewed none of them', {}, undefined],
    ['nobody who reviewed one of them', { hasReviewedOne: true }, 'REVIEWED_ONE_OF_THEM'],
    ['第二十八条: nobody of the submitting unit', { isOfSubmittingUnit: true }, 'REVIEWER_OF_SUBMITTING_UNIT'],
    ['第二十八条: nobody with a part in the case', { hasPartInCase: true }, 'REVIEWER_IN_CASE'],
    ['第二十八条: not the one who submitted it', { submittedBy: 'me' }, 'REVIEWER_IN_CASE'],
    ['nobody below the level that reviewed it', { reviewDivisionCode: '640000' }, 'OUTSIDE_DIVISION'],
  ])('%s', (_sentence, part, code) => expect(examinerObjection(office, { ...facts, ...part })?.code).toBe(code));
});

describe('a result says why · rows 116, 117, 118', () => {
  test.each<[string, ResultWish, boolean, string | undefined]>([
    ['confirmed', { result: 'CONFIRM' }, true, undefined],
    ['an incomplete file is not confirmed without a word', { result: 'CONFIRM' }, false, 'REASON_REQUIRED'],
    ['with one it is', { result: 'CONFIRM', note: '原件在档案室。' }, false, undefined],
    ['confirmed with grounds to return', { result: 'CONFIRM', reasonCodes: ['FACTS_UNCLEAR'] }, true, 'REASON_REQUIRED'],
    ['confirmed with a date', { result: 'CONFIRM', rectifyBy: '2025-09-01' }, true, 'RECTIFY_DATE_NOT_ACCEPTABLE'],
    ['returned without a ground', { result: 'RETURN' }, true, 'REASON_REQUIRED'],
    ['程序性办结代替实际问题解决 is a ground', { result: 'RETURN', reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT'] }, true, undefined],
    ['another ground needs its words', { result: 'RETURN', reasonCodes: ['OTHER'] }, true, 'REASON_REQUIRED'],
  ])('%s', (_sentence, wish, isComplete, code) => expect(resultObjection(wish, { isComplete })?.code).toBe(code));
});
