import { decisionNo, strikeOffNo } from './strike-off';

const [A, B] = ['official-a', 'official-b'];
test.each([
  ['open', null, null, 'NOT_RESOLVED'], ['resolved', '2022-01-05', null, undefined], ['struck off', '2022-01-05', '2022-02-01', 'ALREADY_STRUCK_OFF'], ['relapsed after strike-off', null, '2022-02-01', 'ALREADY_STRUCK_OFF'],
])('兴庆区方案 2020 §结案销号: an entry that is %s', (_what, resolvedOn, struckOffOn, no) => {
  expect(strikeOffNo({ resolvedOn, struckOffOn })).toBe(no);
  expect(decisionNo({ resolvedOn, struckOffOn }, { requestedBy: A, decidedBy: B })).toBe(no);
  expect(decisionNo({ resolvedOn, struckOffOn }, { requestedBy: A, decidedBy: A })).toBe('SAME_PERSON');
});
