import { isRefusal } from '@anjie/contracts';
import { CO_HANDLING_STATES, nextCoHandlingState, type CoHandlingAction } from './co-handling-lifecycle';

const LEGAL = new Map<string, string>([['ASKED CO_SIGN', 'SIGNED'], ['SIGNED CO_COMPLETE', 'DONE'], ['ASKED CO_RELEASE', 'RELEASED'], ['SIGNED CO_RELEASE', 'RELEASED']]);
const ACTIONS: readonly CoHandlingAction[] = ['CO_SIGN', 'CO_COMPLETE', 'CO_RELEASE'];

test.each(CO_HANDLING_STATES.flatMap((state) => ACTIONS.map((action) => [state, action, LEGAL.get(`${state} ${action}`)] as const)))(
  '牵头单位及配合单位 (practice): a part that is %s, %s → %s · row 70', (state, action, to) => {
    const next = nextCoHandlingState(state, action);
    expect(isRefusal(next) ? undefined : next).toBe(to);
  });
