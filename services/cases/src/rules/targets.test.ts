import { minimumFor, progressOf, targetInForce } from './targets';

test.each([
  [65, 95, 62], [85, 95, 81], [100, 95, 95], [1, 95, 1], [50, 2, 1], [10, 10, 1], [70, 10, 7], [29, 100, 29], [58, 100, 58], [65, 0, 0], [100, 1_000_000, 1_000_000],
])('兴庆区方案 2020 §目标任务: %i%% of %i cases is reached with %i', (percent, cohort, minimum) => {
  expect(minimumFor(percent, cohort)).toBe(minimum);
});

test('a share that comes out whole is never rounded up by the arithmetic of the machine', () => {
  for (let percent = 1; percent <= 100; percent += 1) {
    for (let hundreds = 1; hundreds <= 50; hundreds += 1) expect(minimumFor(percent, hundreds * 100)).toBe(percent * hundreds);
  }
});

const xingqing = [
  { campaignId: 'xingqing', dueOn: '2021-12-31', minimum: 81 },
  { campaignId: 'xingqing', dueOn: '2020-12-31', minimum: 62 },
];
const helan = [{ campaignId: 'helan', dueOn: '2021-06-30', minimum: 40 }, { campaignId: 'helan', dueOn: '2022-12-31', minimum: 50 }];

test.each([
  ['2020-07-01', 62, '2020-12-31'], ['2020-12-31', 62, '2020-12-31'], ['2021-01-01', 81, '2021-12-31'], ['2021-12-31', 81, '2021-12-31'], ['2023-05-01', 81, '2021-12-31'],
])('兴庆区方案 2020 (2020年12月底前65%%, 2021年12月底前85%%): on %s the target is %i by %s', (asOf, minimum, dueOn) => {
  expect(targetInForce(xingqing, asOf)).toEqual({ minimum, dueOn });
});

test.each([
  ['2020-07-01', 62 + 40, '2020-12-31'], ['2021-03-01', 81 + 40, '2021-06-30'], ['2021-07-01', 81 + 50, '2021-12-31'], ['2022-01-01', 81 + 50, '2021-12-31'],
])('several campaigns: on %s each brings its own target in force, %i in all, the earliest by %s', (asOf, minimum, dueOn) => {
  expect(targetInForce([...helan, ...xingqing], asOf)).toEqual({ minimum, dueOn });
  expect(targetInForce([...xingqing, ...helan].reverse(), asOf)).toEqual({ minimum, dueOn });
});

test('without a target there is none, rather than a target of zero', () => {
  expect(targetInForce([], '2021-01-01')).toBeUndefined();
});

test.each([
  [65, 95, 61, { minimum: 62, gap: 1, rate: 61 / 95 }], [65, 95, 62, { minimum: 62, gap: 0, rate: 62 / 95 }], [100, 382, 375, { minimum: 382, gap: 7, rate: 375 / 382 }],
  [85, 95, 90, { minimum: 81, gap: 0, rate: 90 / 95 }], [65, 0, 0, { minimum: 0, gap: 0, rate: null }],
])('兴庆区方案 2020 §目标任务: %i%% of %i with %i resolved', (percent, denominator, numerator, progress) => {
  expect(progressOf(percent, { denominator, numerator })).toEqual(progress);
});
