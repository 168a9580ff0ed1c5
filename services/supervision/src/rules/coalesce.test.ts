import { coalesce, type DueReminder, type SentReminder } from './coalesce';
import type { DeadlineKind } from './deadline-plan';

const day = (d: number) => new Date(Date.UTC(2025, 9, d, 1));
const due = (deadlineId: string, kind: DeadlineKind, d: number, recipients: string[], obligationId = 'o'): DueReminder => ({
  deadlineId, obligationId, kind, dueAt: day(d), recipients: recipients.map((id) => ({ kind: 'OFFICIAL', id, reason: 'ASSIGNED_OFFICIAL' })),
});
const sent = (deadlineId: string, d: number, recipientId: string): SentReminder => ({ deadlineId, obligationId: 'o', kind: 'REMIND_AFTER', dueAt: day(d), recipientId });
const shown = (ones: readonly DueReminder[], told: readonly SentReminder[] = []) =>
  Object.fromEntries(coalesce(ones, told).map((one) => [one.deadlineId, one.supersededBy ? `by ${one.supersededBy}` : one.recipients.map(({ id }) => id).join(' ')]));

describe('reminders that come at once', () => {
  test('one alone tells everybody', () => {
    expect(shown([due('a', 'REMIND_BEFORE', 1, ['x', 'y'])])).toEqual({ a: 'x y' });
  });
  test('the latest of an obligation speaks for all before it', () => {
    expect(shown([due('a', 'REMIND_BEFORE', 1, ['x']), due('c', 'REMIND_AFTER', 9, ['x', 's']), due('b', 'REMIND_DUE', 5, ['x'])])).toEqual({ a: 'by c', b: 'by c', c: 'x s' });
  });
  test('not for another obligation', () => {
    expect(shown([due('a', 'REMIND_BEFORE', 1, ['x']), due('b', 'REMIND_DUE', 5, ['x'], 'other')])).toEqual({ a: 'x', b: 'x' });
  });
  test('whom the latest does not tell hears the one before', () => {
    expect(shown([due('a', 'REMIND_AFTER', 3, ['x', 'y']), due('b', 'ESCALATE', 5, ['y'])])).toEqual({ a: 'x', b: 'y' });
  });
  test('on the same instant a rung of the ladder says more', () => {
    expect(shown([due('z', 'REMIND_AFTER', 3, ['head']), due('a', 'ESCALATE', 3, ['head'])])).toEqual({ z: 'by a', a: 'head' });
  });
  test('who got a later one before, gets none', () => {
    expect(shown([due('a', 'REMIND_BEFORE', 1, ['x'])], [sent('later', 9, 'x')])).toEqual({ a: 'by later' });
    expect(shown([due('a', 'REMIND_AFTER', 9, ['x'])], [sent('earlier', 1, 'x')])).toEqual({ a: 'x' });
  });
  test('nobody to tell is not the same as superseded', () => {
    expect(shown([due('a', 'REMIND_BEFORE', 1, []), due('b', 'REMIND_DUE', 2, [])])).toEqual({ a: '', b: '' });
  });
});
