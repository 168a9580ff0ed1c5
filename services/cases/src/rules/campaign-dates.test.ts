import { areDatesInOrder, isInCohort, type CampaignDates } from './campaign-dates';

/** 兴庆区方案 2020: three phases, two targets, cohort 2019-01-01 to 2020-06-30. */
const plan: CampaignDates = {
  startsOn: '2020-07-01', endsOn: '2022-12-31', cohortFrom: '2019-01-01', cohortTo: '2020-06-30',
  phases: [{ startsOn: '2020-07-01', endsOn: '2020-08-31' }, { startsOn: '2020-09-01', endsOn: '2021-12-31' }, { startsOn: '2022-01-01', endsOn: '2022-12-31' }],
  targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2021-12-31', percent: 85 }],
};

test('the plan of 兴庆区方案 2020 is in order', () => expect(areDatesInOrder(plan)).toBe(true));

test.each<[string, Partial<CampaignDates>]>([
  ['no phases', { phases: [] }], ['no targets', { targets: [] }], ['a single day', { startsOn: '2020-12-31', endsOn: '2020-12-31', phases: [], targets: [{ dueOn: '2020-12-31', percent: 100 }] }],
  ['a share that stays', { targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2021-12-31', percent: 65 }] }], ['a pause between phases', { phases: [{ startsOn: '2020-07-01', endsOn: '2020-07-31' }, { startsOn: '2020-09-01', endsOn: '2020-09-30' }] }],
])('%s is in order too', (_what, part) => expect(areDatesInOrder({ ...plan, ...part })).toBe(true));

test.each<[string, Partial<CampaignDates>]>([
  ['an end before the start', { endsOn: '2020-06-30', phases: [], targets: [] }], ['a cohort that ends before it begins', { cohortTo: '2018-12-31' }],
  ['phases that overlap by a day', { phases: [{ startsOn: '2020-07-01', endsOn: '2020-09-01' }, { startsOn: '2020-09-01', endsOn: '2020-12-31' }] }],
  ['a phase that ends before it begins', { phases: [{ startsOn: '2020-08-01', endsOn: '2020-07-31' }] }], ['a phase before the campaign', { phases: [{ startsOn: '2020-06-30', endsOn: '2020-08-31' }] }],
  ['a phase after it', { phases: [{ startsOn: '2022-12-01', endsOn: '2023-01-01' }] }], ['a target after the campaign', { targets: [{ dueOn: '2023-01-01', percent: 65 }] }],
  ['two targets on one day', { targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2020-12-31', percent: 85 }] }],
  ['a share that falls', { targets: [{ dueOn: '2020-12-31', percent: 85 }, { dueOn: '2021-12-31', percent: 65 }] }],
  ['0 %', { targets: [{ dueOn: '2020-12-31', percent: 0 }] }], ['101 %', { targets: [{ dueOn: '2020-12-31', percent: 101 }] }],
])('%s is not', (_what, part) => expect(areDatesInOrder({ ...plan, ...part })).toBe(false));

test.each([['2018-12-31', false], ['2019-01-01', true], ['2020-06-30', true], ['2020-07-01', false]])(
  '兴庆区方案 2020: a repeat registered on %s is in the cohort: %s (later ones are 日常交办)', (registeredOn, isIn) => {
    expect(isInCohort(plan, registeredOn)).toBe(isIn);
  },
);
