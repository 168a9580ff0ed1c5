import { REFERRAL_TRANSITIONS, type ReferralAction, type ReferralState } from './referral-lifecycle';
import { noticesAfter } from './referral-notices';

const told = (action: ReferralAction, state: ReferralState) => noticesAfter(action, { state, fromUnitId: 'sender', toUnitId: 'receiver' });

test.each<[ReferralAction, ReferralState, string, string]>([
  ['DELIVER', 'SENT', 'REFERRAL_DELIVERED', 'receiver'],
  ['SIGN', 'DELIVERED', 'REFERRAL_SIGNED', 'sender'],
  ['ACCEPT', 'SIGNED', 'REFERRAL_ACCEPTED', 'sender'],
  ['COMPLETE', 'ACCEPTED', 'REFERRAL_COMPLETED', 'sender'],
  ['REQUEST_RETURN', 'SIGNED', 'REFERRAL_RETURN_REQUESTED', 'sender'],
  ['CONSENT_TO_RETURN', 'RETURN_REQUESTED', 'REFERRAL_RETURNED', 'receiver'],
  ['REFUSE_RETURN', 'RETURN_REQUESTED', 'REFERRAL_RETURN_REFUSED', 'receiver'],
  ['WITHDRAW', 'SIGNED', 'REFERRAL_WITHDRAWN', 'receiver'],
])('%s from %s tells %s to the %s', (action, state, kind, unitId) => {
  expect(told(action, state)).toEqual([{ kind, unitId }]);
});

test.each(['RULE_STAY', 'RULE_BACK'] as const)('%s is told to both sides of the dispute', (action) => {
  expect(told(action, 'RETURN_REQUESTED')).toEqual([{ kind: 'REFERRAL_DISPUTE_DECIDED', unitId: 'sender' }, { kind: 'REFERRAL_DISPUTE_DECIDED', unitId: 'receiver' }]);
});

test('a referral that is withdrawn before it arrived is no news for the unit that never got it', () => {
  expect(told('WITHDRAW', 'SENT')).toEqual([]);
});

test('every step of the life cycle but that one is told to one of the two units', () => {
  const silent = REFERRAL_TRANSITIONS.filter(({ action, from }) => told(action, from).length === 0).map(({ action, from }) => `${action} ${from}`);
  expect(silent).toEqual(['WITHDRAW SENT']);
});
