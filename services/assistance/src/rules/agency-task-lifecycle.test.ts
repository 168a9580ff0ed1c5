import { AGENCY_STATES, isRefusal } from '@anjie/contracts';
import { nextAgencyState, refusesAuthority, refusesFinish, type AgencyAction } from './agency-task-lifecycle';

const LEGAL = new Map<string, string>([
  ['OFFERED AUTHORISE', 'AUTHORISED'], ['AUTHORISED START', 'UNDER_WAY'], ['UNDER_WAY COMPLETE', 'DONE'],
  ['OFFERED END', 'ENDED'], ['AUTHORISED END', 'ENDED'], ['UNDER_WAY END', 'ENDED'],
]);
const ACTIONS: readonly AgencyAction[] = ['AUTHORISE', 'START', 'COMPLETE', 'END'];

test.each(AGENCY_STATES.flatMap((state) => ACTIONS.map((action) => [state, action, LEGAL.get(`${state} ${action}`)] as const)))(
  'Beijing Art. 27, Shandong Art. 28: %s, %s → %s; nothing starts without authority, and it can be taken back at any time · row 84', (state, action, to) => {
    const next = nextAgencyState(state, action);
    expect(isRefusal(next) ? undefined : next).toBe(to);
  });

test.each([['2024-03-01', true], ['2024-05-30', true], ['2024-02-29', false], ['2024-05-31', false]])('an authority until %s, given on 1 March for at most 90 days: %s · row 84', (until, ok) => {
  expect(refusesAuthority({ today: '2024-03-01', until, longestUntil: '2024-05-30' }) === null).toBe(ok);
});

test('work is promised within the authority · row 84', () => {
  expect(refusesFinish({ today: '2024-03-01', finishBy: '2024-03-20', until: '2024-03-20' })).toBeNull();
  for (const finishBy of ['2024-02-29', '2024-03-21']) expect(refusesFinish({ today: '2024-03-01', finishBy, until: '2024-03-20' })?.code).toBe('DATE_INVALID');
});
