import type { LedgerCourse } from './campaigns';
import { dayAfter, daysBetween } from './days';
import { DISTRICT } from './divisions';
import { createRandom, type Random } from './random';

/** The dates of a row, and what is fixed of its story. */
export interface Span {
  readonly registeredOn: string;
  readonly enteredOn: string;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
  readonly plot?: string;
  /** Which of the county's leaders sponsors it, null for none; by chance when left out. */
  readonly leader?: number | null;
}

export const dayBetween = (first: string, last: string, random: Random): string => dayAfter(first, random.int(0, daysBetween(first, last)));

/** 化解时限 of rows that are still open on 2022-09-27: some have passed, some are yet to come. */
const OPEN_LIMITS = ['2022-08-31', '2022-10-31', '2022-11-30', '2022-12-20', '2022-06-30', '2021-12-31', '2022-12-31'];

/** 兴庆区's open rows, limit by limit; the last one has no sponsor, no task force and no plan. */
const DISTRICT_OPEN_PLOTS = ['烂尾楼', '房产证', '拆迁安置', '物业', '拖欠工资', '征地补偿', '社会救助'];

/** As many rows as the course says, resolved in its three stretches, the rest open. */
export function spansOf(countyCode: string, course: LedgerCourse): Span[] {
  const random = createRandom(`spans/${countyCode}`);
  const start = (): Pick<Span, 'registeredOn' | 'enteredOn'> => ({
    registeredOn: dayBetween('2019-01-02', '2020-06-30', random), enteredOn: dayBetween('2020-10-28', '2020-10-30', random),
  });
  const resolved = (count: number, stretch: { from: string; to: string; limitOn: string }): Span[] =>
    Array.from({ length: count }, () => ({ ...start(), limitOn: stretch.limitOn, resolvedOn: dayBetween(stretch.from, stretch.to, random) }));
  const open = Array.from({ length: course.cases - course.byNow }, (_unused, i): Span => ({
    ...start(), limitOn: OPEN_LIMITS[i % OPEN_LIMITS.length] ?? null, resolvedOn: null, ...(countyCode === DISTRICT ? districtStory(i) : {}),
  }));
  return [
    ...resolved(course.by2020, { from: '2020-11-05', to: '2020-12-30', limitOn: '2020-12-31' }),
    ...resolved(course.by2021 - course.by2020, { from: '2021-01-11', to: '2021-12-29', limitOn: '2021-12-31' }),
    ...resolved(course.byNow - course.by2021, { from: '2022-01-10', to: '2022-09-20', limitOn: '2022-12-31' }),
    ...open,
  ];
}

function districtStory(index: number): Partial<Span> {
  const plot = DISTRICT_OPEN_PLOTS[index];
  return plot === undefined ? {} : { plot, leader: index === DISTRICT_OPEN_PLOTS.length - 1 ? null : index % 3 };
}
