import { cohortPlace, type AssignmentSource, type CohortRule } from './cohort';

const xingqing: CohortRule = { cohortFrom: '2019-01-01', cohortTo: '2020-06-30', cohortSources: ['CENTRAL', 'REGION'], isFrozen: false };

test.each<[string, AssignmentSource | null, string, string]>([
  ['2018-12-31', 'CENTRAL', 'OUTSIDE_COHORT', 'OUTSIDE_COHORT'], ['2019-01-01', 'CENTRAL', 'CAMPAIGN', 'COHORT_FROZEN'], ['2020-06-30', 'REGION', 'CAMPAIGN', 'COHORT_FROZEN'],
  ['2020-07-01', 'CENTRAL', 'DAILY', 'DAILY'], ['2020-07-01', null, 'DAILY', 'DAILY'], ['2019-06-01', 'CITY', 'DAILY', 'DAILY'], ['2019-06-01', 'COUNTY', 'DAILY', 'DAILY'],
  ['2019-06-01', 'SELF', 'DAILY', 'DAILY'], ['2019-06-01', null, 'SOURCE_MISSING', 'SOURCE_MISSING'], ['2018-12-31', 'SELF', 'OUTSIDE_COHORT', 'OUTSIDE_COHORT'],
])('兴庆区方案 2020 §底数: registered %s, assigned by %s → %s while open, %s once frozen', (registeredOn, source, open, frozen) => {
  const said = (isFrozen: boolean) => Object.values(cohortPlace({ ...xingqing, isFrozen }, { registeredOn, source }))[0] as string;
  expect([said(false), said(true)]).toEqual([open, frozen]);
});

test('兴庆区方案 2020 §底数: a campaign that names no sources takes everything that was registered in time, also what names none', () => {
  const all = { ...xingqing, cohortSources: [] };
  for (const source of ['CENTRAL', 'SELF', null] as const) expect(cohortPlace(all, { registeredOn: '2020-06-30', source })).toEqual({ cohort: 'CAMPAIGN' });
});
