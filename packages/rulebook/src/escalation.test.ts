import { publishedCalendar } from '@anjie/calendar';
import { defaultEscalationPlan, escalationSteps } from './escalation';

const calendar = publishedCalendar();
const shown = (dueEffective: string) => escalationSteps({ dueEffective }, defaultEscalationPlan, calendar).map(({ afterDays, tells, at }) => `+${afterDays} ${tells} ${at.toISOString()}`);

describe('the ladder after a due date (practice)', () => {
  test('3, 7 and 15 days after 2025-10-09, at 09:00 Asia/Shanghai of working days', () => {
    expect(shown('2025-10-09')).toEqual([
      '+3 UNIT_HEAD 2025-10-13T01:00:00.000Z', // the 12th is a Sunday
      '+7 SPONSORS 2025-10-16T01:00:00.000Z',
      '+15 JOINT_OFFICE 2025-10-24T01:00:00.000Z',
    ]);
  });
  test('国庆节 moves two rungs to one day, and both stay', () => {
    expect(shown('2025-09-28')).toEqual([
      '+3 UNIT_HEAD 2025-10-09T01:00:00.000Z',
      '+7 SPONSORS 2025-10-09T01:00:00.000Z',
      '+15 JOINT_OFFICE 2025-10-13T01:00:00.000Z',
    ]);
  });
});
