import {
  addDays, addWorkdays, assumeWeekendsOnly, createCalendar, dayKind, dayOf, diffDays, instantAtLocal, InvalidLocalDate, isLocalDate,
  isPublished, isWorkday, localDateOf, publishedCalendar, publishedYears, shiftBackToWorkday, shiftToWorkday, weekday, YearNotPublished,
} from './index';

const calendar = publishedCalendar();

describe('date-only arithmetic', () => {
  test('knows which days exist', () => {
    expect(['2024-02-29', '2025-01-31'].every(isLocalDate)).toBe(true);
    expect(['2025-02-29', '2025-13-01', '2025-1-1', '0999-01-01', '2025-01-01T00:00', '', 20250101, null].some(isLocalDate)).toBe(false);
  });
  test('adds and subtracts days over leap days, months and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
    expect(diffDays('2024-01-01', '2025-01-01')).toBe(366);
    expect(diffDays('2025-01-01', '2024-12-31')).toBe(-1);
  });
  test('tells the day of the week, before 1970 too', () => {
    expect(weekday('2025-10-11')).toBe(6);
    expect(weekday('1970-01-01')).toBe(4);
    expect(weekday('1949-10-01')).toBe(6);
  });
  test('refuses what is not a day', () => {
    expect(() => addDays('2025-02-29', 1)).toThrow(InvalidLocalDate);
    expect(() => addDays('2025-02-28', 0.5)).toThrow(RangeError);
    expect(() => addDays('2999-12-31', 1)).toThrow(InvalidLocalDate);
    expect(() => localDateOf(new Date(Number.NaN))).toThrow(InvalidLocalDate);
    expect(() => instantAtLocal('2025-01-01', '24:00')).toThrow(InvalidLocalDate);
  });
  test('the day in Asia/Shanghai begins at 16:00 UTC of the day before', () => {
    expect(localDateOf(new Date('2025-01-01T15:59:59.999Z'))).toBe('2025-01-01');
    expect(localDateOf(new Date('2025-01-01T16:00:00.000Z'))).toBe('2025-01-02');
    expect(instantAtLocal('2025-01-02', '00:00').toISOString()).toBe('2025-01-01T16:00:00.000Z');
    expect(instantAtLocal('2025-01-02', '09:30').toISOString()).toBe('2025-01-02T01:30:00.000Z');
  });
});

describe('the bundled calendar', () => {
  test('names its source and covers 2004-2026', () => {
    expect(calendar.version).toBe('chinese-days@1.5.7');
    expect(publishedYears(calendar)).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i));
    expect(publishedCalendar()).toBe(calendar);
  });
  test.each([
    ['2025-09-30', 'WORKDAY', null],
    ['2025-10-12', 'WEEKEND', null],
    ['2025-10-01', 'STATUTORY_HOLIDAY', '国庆节'],
    ['2025-10-08', 'ADJUSTED_REST', '国庆节'],
    ['2025-10-11', 'MAKE_UP_WORKDAY', '国庆节'],
    ['2020-02-03', 'WORKDAY', null],
  ])('%s is %s (%s)', (on, kind, name) => {
    expect(dayOf(calendar, on)).toEqual({ on, kind, name, isProvisional: false });
  });
  test('counts working days over a holiday in both directions, the start day never', () => {
    expect(addWorkdays(calendar, '2025-09-30', 1)).toBe('2025-10-09');
    expect(addWorkdays(calendar, '2025-10-09', 2)).toBe('2025-10-11');
    expect(addWorkdays(calendar, '2025-10-09', -1)).toBe('2025-09-30');
    expect(addWorkdays(calendar, '2025-10-01', 0)).toBe('2025-10-01');
  });
  test('shifts a holiday to the next working day, and not from a make-up Sunday (民法典 art. 203)', () => {
    expect(shiftToWorkday(calendar, '2025-01-31')).toBe('2025-02-05');
    expect(shiftToWorkday(calendar, '2024-02-04')).toBe('2024-02-04');
    expect(shiftBackToWorkday(calendar, '2025-10-05')).toBe('2025-09-30');
  });
});

describe('a year without a holiday notice', () => {
  test('is refused by every question, also in the middle of a walk', () => {
    expect(isPublished(calendar, 2027)).toBe(false);
    expect(isPublished(calendar, 2003)).toBe(false);
    const ask = [
      () => isWorkday(calendar, '2027-01-01'),
      () => dayKind(calendar, '2003-12-31'),
      () => shiftToWorkday(calendar, '2027-01-02'),
      () => addWorkdays(calendar, '2026-12-31', 1),
    ];
    for (const question of ask) expect(question).toThrow(YearNotPublished);
    expect(() => isWorkday(calendar, '2027-01-01')).toThrow(expect.objectContaining({ year: 2027, code: 'CALENDAR_YEAR_NOT_PUBLISHED' }));
  });
  test('does not hinder a walk that ends before it', () => {
    expect(addWorkdays(calendar, '2026-12-30', 1)).toBe('2026-12-31');
  });
  test('can be answered from weekends on request, and the answer says so', () => {
    const lenient = assumeWeekendsOnly(calendar);
    expect(dayOf(lenient, '2027-01-01')).toEqual({ on: '2027-01-01', kind: 'WORKDAY', name: null, isProvisional: true });
    expect(dayOf(lenient, '2027-01-02').kind).toBe('WEEKEND');
    expect(dayOf(lenient, '2026-10-01')).toMatchObject({ kind: 'STATUTORY_HOLIDAY', isProvisional: false });
    expect(isPublished(lenient, 2027)).toBe(false);
  });
});

describe('tables', () => {
  const day = (on: string) => ({ on, name: '元旦' });
  test('refuse a day outside their year, but take December of the year before', () => {
    const build = (on: string) => () => createCalendar({ version: 'x', years: { 2025: { offDays: [day(on)], makeUpWorkdays: [] } } });
    expect(build('2024-12-31')).not.toThrow();
    expect(build('2024-11-30')).toThrow(RangeError);
    expect(build('2026-01-01')).toThrow(RangeError);
    expect(build('2025-02-30')).toThrow(InvalidLocalDate);
  });
  test('refuse a day that is named twice', () => {
    const years = { 2025: { offDays: [day('2025-01-01')], makeUpWorkdays: [day('2025-01-01')] } };
    expect(() => createCalendar({ version: 'x', years })).toThrow(RangeError);
  });
});
