import { nextRun } from './schedule';

test.each([
  ['before the time', '2025-08-04T18:29:59.999Z', '2025-08-04T18:30:00.000Z'],
  ['at the time', '2025-08-04T18:30:00.000Z', '2025-08-05T18:30:00.000Z'],
  ['after it', '2025-08-04T20:00:00.000Z', '2025-08-05T18:30:00.000Z'],
  ['after midnight UTC, before it', '2025-08-05T01:00:00.000Z', '2025-08-05T18:30:00.000Z'],
  ['at the end of a leap February', '2028-02-28T18:30:00.000Z', '2028-02-29T18:30:00.000Z'],
])('02:30 each day, asked %s', (_when, now, next) => {
  expect(nextRun({ dailyAt: '02:30' }, new Date(now)).toISOString()).toBe(next);
});

test('every ten minutes counts from now', () => {
  expect(nextRun({ everyS: 600 }, new Date('2025-08-04T23:55:00Z')).toISOString()).toBe('2025-08-05T00:05:00.000Z');
});
