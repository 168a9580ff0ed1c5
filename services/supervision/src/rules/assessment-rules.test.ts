import { isTellingFraction, pointsText, schemeFaults, scoreOf, totalOf, yearUpTo, type SchemeItem } from './assessment-rules';
import type { Counted, FigureCode } from './report-figures';

const item = (part: Partial<SchemeItem>): SchemeItem => ({ code: 'IN_TIME', zh: '按期履行', en: 'in time', figure: 'ON_TIME_RATE', weight: 100, direction: 'HIGHER', ...part });

describe('guard rails of an assessment (brief §3.10, 第三十九条) · rows 129, 126', () => {
  test.each<[string, readonly SchemeItem[], RegExp | null]>([
    ['a rate of what the unit did', [item({})], null],
    ['visits to Beijing as a deduction', [item({ zh: '进京越级上访扣分', en: 'visits to Beijing' })], /visits to higher levels/],
    ['the same behind an innocent name', [item({ code: 'HIGHER_LEVEL_COUNT', zh: '走访情况', en: 'situation' })], /visits to higher levels/],
    ['unrated taken for satisfied', [item({ unrated: 'SATISFIED' })], /never satisfied/],
    ['unrated left out', [item({ unrated: 'EXCLUDED' })], null],
    ['a plain number', [item({ figure: 'RESOLVED' })], /not a rate/],
    ['fewer in time', [item({ direction: 'LOWER' })], /would be rewarded/],
    ['化解率 alone', [item({ figure: 'RESOLUTION_RATE' })], /quality/],
    ['化解率 with quality', [item({ figure: 'RESOLUTION_RATE', weight: 50 }), item({ code: 'B', figure: 'ONE_TIME_RATE', weight: 50 })], null],
    ['weights that do not make 100', [item({ weight: 90 })], /90, not 100/],
    ['an item twice', [item({ weight: 50 }), item({ weight: 50 })], /twice/],
  ])('%s', (_what, items, fault) => {
    const faults = schemeFaults({ items }).join('; ');
    if (fault) expect(faults).toMatch(fault);
    else expect(faults).toBe('');
  });
});

const cells = (figures: Readonly<Partial<Record<FigureCode, Counted>>>) => new Map(Object.entries(figures) as [FigureCode, Counted][]);

test.each([[10, 10, 4000], [9, 12, 3000], [1, 3, null], [0, 0, null], [2, 6, 1333], [5, 6, 3333]])('%s of %s at weight 40 is %s hundredths of a point; fewer than five are not scored · row 129', (value, base, score) => {
  expect(scoreOf(item({ weight: 40 }), cells({ ON_TIME_RATE: { value, base } })).score).toBe(score);
});

test('what cannot be scored does not count against the unit · row 129', () => {
  const items = [item({ weight: 40 }), item({ code: 'B', figure: 'REPLY_ON_TIME_RATE', weight: 60 })];
  const scores = items.map((one) => scoreOf(one, cells({ ON_TIME_RATE: { value: 9, base: 12 }, REPLY_ON_TIME_RATE: { value: 0, base: 4 } })));
  expect([totalOf(items, scores), totalOf(items, scores.map((one) => ({ ...one, score: null })))]).toEqual([7500, null]);
  expect([pointsText(7500), pointsText(9905)]).toEqual(['75.00', '99.05']);
});

test('small fractions are for the unit and its overseers · row 129', () => {
  expect([[3, 12], [10, 12], [6, 12], [0, 12], [12, 12], [2, 2]].map(([value = 0, base = 0]) => isTellingFraction({ value, base }))).toEqual([true, true, false, false, false, true]);
});

test('a year counts up to its end, or up to today (第三十九条: 每年) · row 129', () => {
  expect([yearUpTo(2024, '2025-10-09'), yearUpTo(2025, '2025-10-09')]).toEqual([{ from: '2024-01-01', to: '2024-12-31' }, { from: '2025-01-01', to: '2025-10-09' }]);
});
