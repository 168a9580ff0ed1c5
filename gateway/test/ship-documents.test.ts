import { LIMITS } from '@anjie/contracts';
import { SIZES } from '../src/derive-limits';
import { limitsAsCommitted, limitsText, shippedDocuments } from '../src/write-limits';

test('the committed limits are twice the largest of the shipped documents', () => {
  expect(limitsAsCommitted()).toBe(limitsText());
});

test('every limit names a document that ships, and leaves room for what departments write', () => {
  const names = shippedDocuments().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['work-list', 'case-page', 'province-rollup', 'official-day']));
  for (const size of SIZES) expect([size, names.includes(LIMITS[size].document), LIMITS[size].limit === 2 * LIMITS[size].largest, LIMITS[size].largest > 0]).toEqual([size, true, true, true]);
  expect(LIMITS.page.limit).toBe(100);
});
