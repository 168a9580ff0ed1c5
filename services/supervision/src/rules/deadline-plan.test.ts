import { publishedCalendar } from '@anjie/calendar';
import { deadlineChanges, plannedDeadlines, type KnownDeadline } from './deadline-plan';

const calendar = publishedCalendar();
const dates = { startOn: '2025-08-04', dueRaw: '2025-10-03', dueOn: '2025-10-09' };
const plan = (now: string, changed: Partial<typeof dates> = {}) => plannedDeadlines({ ...dates, ...changed }, { calendar, now: new Date(now) });
const shown = (now: string) => plan(now).map((one) => `${one.kind} ${one.step} ${one.dueAt.toISOString()}`);

describe('《信访工作条例》第三十四条: 2025-08-04 + 60 日, due 2025-10-09 after 国庆节', () => {
  test('reminders at 09:00 Asia/Shanghai of working days, overdue at 00:00 of the next day', () => {
    expect(shown('2025-08-04T02:00:00Z')).toEqual([
      'REMIND_BEFORE 7 2025-09-26T01:00:00.000Z',
      'REMIND_BEFORE 1 2025-09-30T01:00:00.000Z',
      'REMIND_DUE 0 2025-10-09T01:00:00.000Z',
      'REMIND_AFTER 1 2025-10-10T01:00:00.000Z',
      'REMIND_AFTER 3 2025-10-13T01:00:00.000Z',
      'REMIND_AFTER 7 2025-10-16T01:00:00.000Z',
      'OVERDUE 0 2025-10-09T16:00:00.000Z',
      'ESCALATE 3 2025-10-13T01:00:00.000Z',
      'ESCALATE 7 2025-10-16T01:00:00.000Z',
      'ESCALATE 15 2025-10-24T01:00:00.000Z',
    ]);
  });
  test('planned years later: one reminder, the overdue mark and the last rung, not ten', () => {
    expect(shown('2027-01-04T00:00:00Z')).toEqual(['REMIND_AFTER 7 2025-10-16T01:00:00.000Z', 'OVERDUE 0 2025-10-09T16:00:00.000Z', 'ESCALATE 15 2025-10-24T01:00:00.000Z']);
  });
});

describe('changes of a plan', () => {
  const now = new Date('2025-09-29T00:00:00Z');
  const known = (state: KnownDeadline['state'] = 'ARMED'): KnownDeadline[] => plan('2025-08-04T02:00:00Z').map((one) => ({ ...one, id: `${one.kind}${one.step}`, state }));

  test('the same dates again change nothing', () => {
    expect(deadlineChanges(known(), plan('2025-08-04T02:00:00Z'), now)).toEqual({ add: [], rearm: [], cancel: [] });
  });
  test('an extension (第三十四条) moves what has not fired and asks again for what has', () => {
    const rows = known().map((row) => (row.kind === 'REMIND_BEFORE' && row.step === 7 ? { ...row, state: 'FIRED' as const } : row));
    const changes = deadlineChanges(rows, plan(now.toISOString(), { dueRaw: '2025-11-02', dueOn: '2025-11-03' }), now);
    expect(changes.rearm.map((one) => one.id).sort()).toEqual([
      'ESCALATE15', 'ESCALATE3', 'ESCALATE7', 'OVERDUE0', 'REMIND_AFTER1', 'REMIND_AFTER3', 'REMIND_AFTER7', 'REMIND_BEFORE1', 'REMIND_BEFORE7', 'REMIND_DUE0',
    ]);
    expect(changes.add.map((one) => `${one.kind} ${one.step}`)).toEqual(['REMIND_BEFORE 3']);
    expect(changes.cancel).toEqual([]);
  });
  test('what has fired does not fire again for a time that has passed', () => {
    expect(deadlineChanges(known('FIRED'), plan('2025-08-04T02:00:00Z', { dueRaw: '2025-08-20', dueOn: '2025-08-20' }), now).rearm).toEqual([]);
  });
  test('nothing planned cancels what waits, and only that', () => {
    const [first, ...rest] = known();
    expect(deadlineChanges(first ? [{ ...first, state: 'FIRED' }, ...rest] : [], [], now).cancel).toHaveLength(9);
  });
  test('planned again after a cancellation, it waits again', () => {
    expect(deadlineChanges(known('CANCELLED'), plan('2025-08-04T02:00:00Z'), now).rearm).toHaveLength(10);
  });
});
