import { stepNamesFault, stepNo } from './plan-steps';

const steps = (...done: readonly boolean[]) => done.map((isDone, i) => ({ id: `s${i + 1}`, doneOn: isDone ? '2022-09-27' : null }));

test.each<[string, ReturnType<typeof steps>, string, string | undefined]>([
  ['the first', steps(false, false), 's1', undefined], ['the second before the first', steps(false, false), 's2', 'STEP_OUT_OF_ORDER'], ['the second', steps(true, false), 's2', undefined],
  ['the first again', steps(true, false), 's1', 'ALREADY_DONE'], ['the last', steps(true, true, true, false), 's4', undefined], ['the last but one, left out', steps(true, false, false), 's3', 'STEP_OUT_OF_ORDER'],
])('一案一策四步法 (brief §3.2 #27): doing %s', (_what, given, id, no) => {
  expect(stepNo(given, id)).toBe(no);
});

test.each<[string, readonly string[], string | undefined]>([
  ['none', [], undefined], ['one that the source names', ['听证评议'], undefined], ['eleven', Array.from({ length: 11 }, (_u, i) => `步骤${i}`), 'COUNT_OUT_OF_RANGE'], ['the same twice', ['听证', ' 听证 '], 'COUNT_OUT_OF_RANGE'],
  ['a blank one', ['听证', '  '], 'TEXT_LENGTH'], ['one of 101 characters', ['听'.repeat(101)], 'TEXT_LENGTH'],
])('一案一策四步法 (brief §3.2 #27): names of steps, %s', (_what, names, fault) => {
  expect(stepNamesFault(names)).toBe(fault);
});
