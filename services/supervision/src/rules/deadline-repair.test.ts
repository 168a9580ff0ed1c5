import type { DeadlineKind, KnownDeadline, PlannedDeadline } from './deadline-plan';
import { missingDeadlines } from './deadline-repair';

const at = (day: number) => new Date(Date.UTC(2025, 9, day, 1));
const plan = (kind: DeadlineKind, step: number, day: number): PlannedDeadline => ({ kind, step, dueAt: at(day) });
const planned = [plan('REMIND_DUE', 0, 9), plan('OVERDUE', 0, 10), plan('ESCALATE', 3, 13)];
const known: KnownDeadline[] = planned.map((one) => ({ ...one, id: `${one.kind}${one.step}`, state: 'ARMED' }));
const but = (i: number, part: Partial<KnownDeadline>) => known.map((row, at_) => (at_ === i ? { ...row, ...part } : row));
const shown = (rows: readonly KnownDeadline[], isOverdue = false) => {
  const { add, rearm } = missingDeadlines(planned, { known: rows, isOverdue });
  return { add: add.map((one) => `${one.kind} ${one.step}`), rearm: rearm.map((one) => one.id) };
};
const NOTHING = { add: [], rearm: [] };

describe('what is missing of the deadlines of an open obligation', () => {
  test.each<[string, readonly KnownDeadline[], object]>([
    ['nothing, when all is as planned', known, NOTHING],
    ['nothing of what has fired', but(0, { state: 'FIRED' }), NOTHING],
    ['nothing of what the plan has dropped because its time is past', [...known, { id: 'old', kind: 'REMIND_BEFORE', step: 7, dueAt: at(1), state: 'ARMED' }], NOTHING],
    ['a lost overdue row', known.filter((row) => row.kind !== 'OVERDUE'), { add: ['OVERDUE 0'], rearm: [] }],
    ['all of them', [], { add: ['REMIND_DUE 0', 'OVERDUE 0', 'ESCALATE 3'], rearm: [] }],
    ['one that was cancelled', but(2, { state: 'CANCELLED' }), { add: [], rearm: ['ESCALATE3'] }],
    ['one that waits for another day', but(1, { dueAt: at(30) }), { add: [], rearm: ['OVERDUE0'] }],
    ['an overdue mark that fired and was not recorded', but(1, { state: 'FIRED' }), { add: [], rearm: ['OVERDUE0'] }],
  ])('%s', (_sentence, rows, expected) => {
    expect(shown(rows)).toEqual(expected);
  });
  test('not an overdue mark that was recorded', () => {
    expect(shown(but(1, { state: 'FIRED' }), true)).toEqual(NOTHING);
  });
});
