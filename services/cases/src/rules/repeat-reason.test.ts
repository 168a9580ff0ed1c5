import { CASE_STATUSES } from './life';
import { rulingOn } from './repeat-reason';

const facts = { status: 'HANDLING', hasNewFacts: false, handlingDueOn: '2022-11-26', isFinal: false, isAboveHandler: true, today: '2022-10-09' } as const;

test.each([
  ['第十九条第三款', 'a unit within its limit', {}, 'WITHIN_TERM', 'NOT_ACCEPTED'],
  ['第十九条第三款', 'on the last day it is still within', { today: '2022-11-26' }, 'WITHIN_TERM', 'NOT_ACCEPTED'],
  ['第十九条第三款', 'a unit that is overdue is not protected', { today: '2022-11-27' }, 'UNIT_OVERDUE', 'JOINED'],
  ['第十九条第三款', 'the same office again takes it in', { isAboveHandler: false }, 'WITHIN_TERM', 'JOINED'],
  ['第十九条第三款', 'a matter that nobody has accepted yet', { status: 'FORWARDED', handlingDueOn: null }, 'WITHIN_TERM', 'JOINED'],
  ['第三十五条', 'answered, the way is review', { status: 'REPLIED', handlingDueOn: null }, 'DISSATISFIED_NO_REVIEW', 'JOINED'],
  ['第三十六条第三款', 'the same facts after re-review', { status: 'TERMINATED', isFinal: true }, 'AFTER_FINAL', 'NO_LONGER_ACCEPTED'],
  ['第三十六条第三款', 'new facts after re-review', { status: 'TERMINATED', isFinal: true, hasNewFacts: true }, 'NEW_FACTS', 'NEW_CASE'],
  ['第二十七条', 'after closing the matter was not settled', { status: 'RESOLVED', handlingDueOn: null }, 'AFTER_CLOSING', 'RELAPSE'],
  ['第二十七条', 'archived counts as closed too', { status: 'ARCHIVED', handlingDueOn: null }, 'AFTER_CLOSING', 'RELAPSE'],
] as const)('《信访工作条例》%s: %s', (_article, _what, part, reason, disposition) => {
  expect(rulingOn({ ...facts, ...part })).toMatchObject({ reason, disposition });
});

test('only finality ends in 不再受理, in whatever state, and an overdue unit never gets a petition refused', () => {
  for (const status of CASE_STATUSES) {
    expect(rulingOn({ ...facts, status }).disposition).not.toBe('NO_LONGER_ACCEPTED');
    expect(rulingOn({ ...facts, status, today: '2023-06-01' }).disposition).not.toBe('NOT_ACCEPTED');
    expect(rulingOn({ ...facts, status, isFinal: true }).disposition).toBe('NO_LONGER_ACCEPTED');
  }
});
