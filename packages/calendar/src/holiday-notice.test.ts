import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addDays, createCalendar, dayKind, dayOf, HolidayNoticeInvalid, isPublished, isWorkday, parseHolidayNotices, publishedCalendar,
  withHolidayNotice, withHolidayNotices, type HolidayNotice,
} from './index';

const row = (date: string, isOffDay = true, name = '元旦') => ({ name, date, isOffDay });
const notice = (year: number, extra: HolidayNotice['days'] = []): HolidayNotice => ({
  year,
  papers: [`https://www.gov.cn/zhengce/zhengceku/${year - 1}11/invented.htm`],
  days: [row(`${year}-01-01`), row(`${year}-05-01`, true, '劳动节'), row(`${year}-10-01`, true, '国庆节'), ...extra],
});

describe('a holiday notice added by an operator', () => {
  test('publishes its year and leaves the calendar it was given alone', () => {
    const base = publishedCalendar();
    const calendar = withHolidayNotice(base, notice(2027, [row('2027-01-03', false)]));
    expect(dayKind(calendar, '2027-01-01')).toBe('STATUTORY_HOLIDAY');
    expect(dayOf(calendar, '2027-01-03')).toMatchObject({ kind: 'MAKE_UP_WORKDAY', name: '元旦' });
    expect(calendar.years[2027]?.source?.papers).toHaveLength(1);
    expect(isPublished(base, 2027)).toBe(false);
  });
  test('may reach back into December', () => {
    const calendar = withHolidayNotice(publishedCalendar(), notice(2027, [row('2026-12-31')]));
    expect(isWorkday(publishedCalendar(), '2026-12-31')).toBe(true);
    expect(isWorkday(calendar, '2026-12-31')).toBe(false);
  });
  test('changes the version by its content, whatever the order of notices or rows', () => {
    const base = publishedCalendar();
    const one = withHolidayNotice(base, notice(2027));
    expect(one.version).toMatch(/^chinese-days@1\.5\.7\+2027#[0-9a-f]{12}$/);
    expect(withHolidayNotice(base, notice(2027, [row('2027-01-02')])).version).not.toBe(one.version);
    expect(withHolidayNotice(one, notice(2027)).version).toBe(one.version);
    expect(withHolidayNotice(base, { ...notice(2027), days: notice(2027).days.toReversed() }).version).toBe(one.version);
    const both = withHolidayNotice(one, notice(2028)).version;
    expect(both).toMatch(/\+2027,2028#/);
    expect(withHolidayNotice(withHolidayNotice(base, notice(2028)), notice(2027)).version).toBe(both);
  });
  test('can be marked with its adjusted rest days', () => {
    const calendar = withHolidayNotice(publishedCalendar(), notice(2027, [{ ...row('2027-10-07', true, '国庆节'), isAdjustedRest: true }]));
    expect(dayKind(calendar, '2027-10-07')).toBe('ADJUSTED_REST');
  });
  test('is refused when empty, torn, without paper, or not a notice: the year stays unpublished', () => {
    const base = publishedCalendar();
    const bad = [
      { year: 2027, papers: [], days: [] },
      { ...notice(2027), papers: [] },
      { ...notice(2027), days: notice(2027).days.slice(0, 2) },
      { ...notice(2027), days: [{ name: '元旦', date: '2027-01-01' }] },
      { ...notice(2027), papers: ['notice.pdf'] },
      { papers: [], days: [] },
      { years: { 2027: { papers: [], days: [] } } },
      [],
      null,
    ];
    for (const json of bad) expect(() => withHolidayNotices(base, json)).toThrow(HolidayNoticeInvalid);
    expect(() => withHolidayNotice(base, notice(2027, [row('2027-01-01', false)]))).toThrow(RangeError);
  });
});

const dataDir = process.env['ANJIE_TEST_DATA'];
if (!dataDir) console.warn('ANJIE_TEST_DATA is not set: chinese-days is not compared with holiday-cn');

(dataDir ? describe : describe.skip)('chinese-days against holiday-cn (ANJIE_TEST_DATA)', () => {
  const read = (): unknown => JSON.parse(readFileSync(join(dataDir ?? '', 'holiday_cn_2007_2026.json'), 'utf8'));
  test('agree on every day 2007-2026', () => {
    const fromNotices = withHolidayNotices(createCalendar({ version: 'holiday-cn', years: {} }), read());
    const bundled = publishedCalendar();
    const different: string[] = [];
    let days = 0;
    for (let on = '2007-01-01'; on <= '2026-12-31'; on = addDays(on, 1)) {
      days += 1;
      if (isWorkday(fromNotices, on) !== isWorkday(bundled, on)) different.push(on);
    }
    expect(days).toBe(7305);
    expect(different).toEqual([]);
    expect(fromNotices.version).toMatch(/^holiday-cn\+20-years#[0-9a-f]{12}$/);
  });
  test('all twenty notices parse', () => {
    expect(parseHolidayNotices(read())).toHaveLength(20);
  });
});
