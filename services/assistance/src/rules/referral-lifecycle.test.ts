import { isRefusal } from '@anjie/contracts';
import {
  canMove, isEnded, nextState, REFERRAL_ACTIONS, REFERRAL_STATES, REFERRAL_TRANSITIONS, type ReferralAction, type ReferralState,
} from './referral-lifecycle';

const LEGAL = new Set([
  'SENT>DELIVERED', 'SENT>WITHDRAWN', 'DELIVERED>SIGNED', 'DELIVERED>RETURN_REQUESTED', 'DELIVERED>WITHDRAWN', 'SIGNED>ACCEPTED',
  'SIGNED>RETURN_REQUESTED', 'SIGNED>WITHDRAWN', 'ACCEPTED>COMPLETED', 'RETURN_REQUESTED>RETURNED', 'RETURN_REQUESTED>DELIVERED', 'RETURN_REQUESTED>SIGNED',
  'DELIVERED>DELIVERED', 'SIGNED>SIGNED', 'DELIVERED>RETURNED', 'SIGNED>RETURNED',
]);
const pairs = REFERRAL_STATES.flatMap((from) => REFERRAL_STATES.map((to) => [from, to, LEGAL.has(`${from}>${to}`)] as const));
const OPEN: Readonly<Record<ReferralAction, readonly ReferralState[]>> = {
  DELIVER: ['SENT'], SIGN: ['DELIVERED'], ACCEPT: ['SIGNED'], COMPLETE: ['ACCEPTED'], REQUEST_RETURN: ['DELIVERED', 'SIGNED'],
  CONSENT_TO_RETURN: ['RETURN_REQUESTED'], REFUSE_RETURN: ['RETURN_REQUESTED'], WITHDRAW: ['SENT', 'DELIVERED', 'SIGNED'],
  RULE_STAY: ['DELIVERED', 'SIGNED', 'RETURN_REQUESTED'], RULE_BACK: ['DELIVERED', 'SIGNED', 'RETURN_REQUESTED'],
};
const steps = REFERRAL_STATES.flatMap((state) => REFERRAL_ACTIONS.map((action) => [state, action, OPEN[action].includes(state)] as const));

describe('the life of a referral, 《信访工作条例》 Art. 23 ¶3 by analogy', () => {
  test.each(pairs)('%s to %s: %s', (from, to, legal) => {
    expect(canMove(from, to)).toBe(legal);
  });

  test.each(steps)('in %s, %s is open: %s', (state, action, open) => {
    const next = nextState({ state, signedOn: null }, action);
    if (open) expect(REFERRAL_STATES).toContain(next);
    else expect(next).toMatchObject({ refused: true, code: 'ILLEGAL_STATE', basis: expect.stringContaining('第二十三条第三款') });
  });

  test('every state can be reached from SENT', () => {
    const reached = new Set<ReferralState>(['SENT']);
    for (const _state of REFERRAL_STATES) for (const t of REFERRAL_TRANSITIONS) if (reached.has(t.from)) reached.add(t.to);
    expect([...reached].sort()).toEqual([...REFERRAL_STATES].sort());
  });

  test('from an ended state nothing moves; from every other something does', () => {
    for (const state of REFERRAL_STATES) expect(REFERRAL_TRANSITIONS.some((t) => t.from === state)).toBe(!isEnded(state));
  });

  test.each([[null, 'DELIVERED'], ['2026-03-02', 'SIGNED']])('a refused return of a referral signed on %s is %s again', (signedOn, state) => {
    expect(nextState({ state: 'RETURN_REQUESTED', signedOn }, 'REFUSE_RETURN')).toBe(state);
  });

  test('an accepted referral is neither withdrawn nor returned', () => {
    for (const action of ['WITHDRAW', 'REQUEST_RETURN'] as const) expect(isRefusal(nextState({ state: 'ACCEPTED', signedOn: '2026-03-02' }, action))).toBe(true);
  });
});
