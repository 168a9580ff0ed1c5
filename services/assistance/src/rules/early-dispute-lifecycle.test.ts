import { isRefusal } from '@anjie/contracts';
import { EARLY_DISPUTE_STATES, isOpenEarlyDispute, nextEarlyDisputeState, type EarlyDisputeAction } from './early-dispute-lifecycle';

const LEGAL = new Map<string, string>([
  ['REPORTED HAND_OFF', 'HANDED'], ['HANDED HAND_OFF', 'HANDED'], ['HANDED SETTLE', 'SETTLED'], ['HANDED FIND_NONE', 'NO_DISPUTE'],
  ['REPORTED REGISTER', 'REGISTERED'], ['HANDED REGISTER', 'REGISTERED'], ['SETTLED REGISTER', 'REGISTERED'], ['NO_DISPUTE REGISTER', 'REGISTERED'],
]);
const ACTIONS: readonly EarlyDisputeAction[] = ['HAND_OFF', 'SETTLE', 'FIND_NONE', 'REGISTER'];

test.each(EARLY_DISPUTE_STATES.flatMap((state) => ACTIONS.map((action) => [state, action, LEGAL.get(`${state} ${action}`)] as const)))(
  '网格排查上报 (practice): %s, %s → %s · row 137', (state, action, to) => {
    const next = nextEarlyDisputeState(state, action);
    expect(isRefusal(next) ? undefined : next).toBe(to);
  });

test('only what waits for a unit is open', () => {
  expect(EARLY_DISPUTE_STATES.filter(isOpenEarlyDispute)).toEqual(['REPORTED', 'HANDED']);
});
