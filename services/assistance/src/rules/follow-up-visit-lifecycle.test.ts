import { refusesPlan, refusesRecord, VISIT_STATES, visitDutyEnd, type VisitOutcome, type VisitRecord } from './follow-up-visit-lifecycle';

const record = (part: Partial<VisitRecord> = {}): VisitRecord => ({ state: 'PLANNED', outcome: 'DONE', doneOn: '2024-03-05', summary: null, today: '2024-03-05', ...part });
const OUTCOMES: readonly VisitOutcome[] = ['DONE', 'DECLINED', 'CANCELLED'];

describe('recording a follow-up visit', () => {
  test.each(VISIT_STATES.flatMap((state) => OUTCOMES.map((outcome) => [state, outcome, state === 'PLANNED'] as const)))('a %s visit becomes %s: %s', (state, outcome, legal) => {
    const doneOn = outcome === 'DONE' ? '2024-03-05' : null;
    expect(refusesRecord(record({ state, outcome, doneOn }))?.code).toBe(legal ? undefined : 'ILLEGAL_STATE');
  });

  test('a person who declines is asked for no reason: day and summary are refused', () => {
    expect(refusesRecord(record({ outcome: 'DECLINED', doneOn: null, summary: '不想见' }))?.code).toBe('NOTHING_TO_RECORD');
    expect(refusesRecord(record({ outcome: 'DECLINED' }))?.code).toBe('NOTHING_TO_RECORD');
  });

  test('the duty is to offer: done and declined meet it, the unit’s own cancelling does not · row 107', () => {
    expect(OUTCOMES.map(visitDutyEnd)).toEqual(['MET', 'MET', 'CANCELLED']);
  });

  test('of a visit that was declined nothing is kept, neither where it was nor what is left · row 108', () => {
    expect(refusesRecord(record({ outcome: 'DECLINED', doneOn: null, findings: [null, 'WORK_LEFT'] }))?.code).toBe('NOTHING_TO_RECORD');
    expect(refusesRecord(record({ outcome: 'DECLINED', doneOn: null, findings: [null, null] }))).toBeNull();
  });

  test('a visit that took place has a day, not in the future', () => {
    expect(refusesRecord(record({ doneOn: null }))?.code).toBe('DATE_INVALID');
    expect(refusesRecord(record({ doneOn: '2024-03-06' }))?.code).toBe('DATE_INVALID');
  });

  test('a visit is planned for today or later', () => {
    expect(refusesPlan({ plannedOn: '2024-03-04', today: '2024-03-05' })?.code).toBe('DATE_INVALID');
    expect(refusesPlan({ plannedOn: '2024-03-05', today: '2024-03-05' })).toBeNull();
  });
});
