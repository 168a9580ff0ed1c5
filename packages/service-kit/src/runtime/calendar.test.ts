import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPublished } from '@anjie/calendar';
import { loadHolidayNotices, officeCalendar } from './calendar';

const file = (content: unknown): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'anjie-holidays-')), 'holidays.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

test('a year is not known until an operator names the file of its notice', () => {
  expect(isPublished(officeCalendar(), 2027)).toBe(false);
  const days = ['2027-01-01', '2027-05-01', '2027-10-01'].map((date) => ({ name: '节日', date, isOffDay: true }));
  loadHolidayNotices(file({ year: 2027, papers: ['https://www.gov.cn/example'], days }));
  expect(isPublished(officeCalendar(), 2027)).toBe(true);
  expect(officeCalendar().version).toMatch(/\+2027#/);
});

test('a file without a notice is refused', () => {
  expect(() => loadHolidayNotices(file({ year: 2028, papers: [], days: [] }))).toThrow();
});
