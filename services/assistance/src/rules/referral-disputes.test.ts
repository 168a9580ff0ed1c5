import { disputeAfter, isDisputed, isUnansweredReturn } from './referral-disputes';
import { REFERRAL_ACTIONS } from './referral-lifecycle';

const none = { disputedOn: null, disputeSettledOn: null };
const open = { disputedOn: '2024-03-11', disputeSettledOn: null };
const over = { disputedOn: '2024-03-11', disputeSettledOn: '2024-03-20' };

describe('《信访工作条例》 Art. 24 ¶1: a dispute about whose a referral is', () => {
  test('a refused return opens one, and a second one after it was settled, but not twice at a time · rows 68, 70', () => {
    expect([none, open, over].map((standing) => disputeAfter('REFUSE_RETURN', standing))).toEqual(['OPEN', null, 'OPEN']);
  });

  test.each(REFERRAL_ACTIONS.map((action) => [action, ['CONSENT_TO_RETURN', 'ACCEPT', 'WITHDRAW', 'RULE_STAY', 'RULE_BACK'].includes(action)] as const))(
    '%s settles an open dispute: %s', (action, settles) => {
      expect(disputeAfter(action, open) === 'SETTLE').toBe(settles);
      if (action !== 'REFUSE_RETURN') expect(disputeAfter(action, none)).toBeNull();
    });

  test('it is open from its day until it is settled', () => {
    expect([none, open, over].map(isDisputed)).toEqual([false, true, false]);
  });

  test.each([
    ['RETURN_REQUESTED', '2024-03-08', none, '2024-03-08', false], ['RETURN_REQUESTED', '2024-03-08', none, '2024-03-09', true],
    ['RETURN_REQUESTED', '2024-03-08', open, '2024-03-09', false], ['RETURN_REQUESTED', null, none, '2024-03-09', false], ['SIGNED', '2024-03-08', none, '2024-03-09', false],
  ])('%s, to be answered by %s: on that last day it waits, after it it is a dispute', (state, returnAnswerDueOn, standing, today, unanswered) => {
    expect(isUnansweredReturn({ state, returnAnswerDueOn, ...standing }, today)).toBe(unanswered);
  });
});
