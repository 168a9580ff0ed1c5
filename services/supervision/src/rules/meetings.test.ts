import type { Viewer } from '@anjie/access';
import { decisionAfter, decisionObjection, isHeldDay, isTooMany, mayCall, mayRun, type DecisionState, type FollowUp } from './meetings';

const viewer = (part: Partial<Viewer>): Viewer => ({ kind: 'OFFICIAL', subject: 'me', unitId: 'u', divisionCode: '640104', roles: ['JOINT_OFFICE'], locale: 'en', ...part });

describe('who may call a meeting · rows 61, 71', () => {
  test.each<[string, Partial<Viewer>, ('JOINT_OFFICE' | 'UNIT')[], boolean]>([
    ['the joint office calls the conference', {}, ['JOINT_OFFICE'], true],
    ['a unit does not', { roles: ['UNIT_HANDLER'] }, ['JOINT_OFFICE'], false],
    ['a unit calls a consultation', { roles: ['UNIT_HANDLER'], divisionCode: null }, ['JOINT_OFFICE', 'UNIT'], true],
    ['an office without a division calls none', { divisionCode: null }, ['JOINT_OFFICE'], false],
    ['nobody without a unit', { unitId: null }, ['JOINT_OFFICE', 'UNIT'], false],
    ['no clerk', { roles: ['WINDOW_CLERK'] }, ['JOINT_OFFICE', 'UNIT'], false],
    ['no service', { kind: 'SERVICE' }, ['JOINT_OFFICE', 'UNIT'], false],
  ])('%s', (_sentence, who, callers, may) => expect(mayCall(viewer(who), { mayCall: callers })).toBe(may));
  test('only the unit that called it runs it', () => {
    expect([mayRun(viewer({}), { mayCall: ['JOINT_OFFICE'] }, 'u'), mayRun(viewer({}), { mayCall: ['JOINT_OFFICE'] }, 'other')]).toEqual([true, false]);
  });
});

describe('a decision (议定事项) · rows 61, 71', () => {
  const binding = { decisionsBecomeObligations: true };
  test.each<[string, object, { decisionsBecomeObligations: boolean }, string | undefined]>([
    ['binds one unit', { obligorUnitId: 'u', dueOn: '2025-09-01' }, binding, undefined],
    ['or one official', { obligorOfficialId: 'o', dueOn: '2025-09-01' }, binding, undefined],
    ['not both', { obligorUnitId: 'u', obligorOfficialId: 'o' }, binding, 'OBLIGOR_NOT_ACCEPTABLE'],
    ['not nobody', {}, binding, 'OBLIGOR_NOT_ACCEPTABLE'],
    ['that is only noted binds nobody', {}, { decisionsBecomeObligations: false }, undefined],
    ['and has no due date', { dueOn: '2025-09-01' }, { decisionsBecomeObligations: false }, 'DATE_NOT_ACCEPTABLE'],
    ['never speaks of watching people', { text: '由街道落实稳控', obligorUnitId: 'u' }, binding, 'TEXT_NOT_ACCEPTABLE'],
  ])('%s', (_sentence, part, kind, code) => expect(decisionObjection({ text: '月底前完成测绘。', ...part }, kind)?.code).toBe(code));

  const legal: Record<string, DecisionState> = {
    'OPEN REPORT': 'REPORTED', 'OPEN WITHDRAW': 'WITHDRAWN', 'REPORTED CONFIRM': 'CONFIRMED', 'REPORTED RETURN': 'OPEN', 'REPORTED WITHDRAW': 'WITHDRAWN',
  };
  const grid = (['NOTED', 'OPEN', 'REPORTED', 'CONFIRMED', 'WITHDRAWN'] as DecisionState[]).flatMap((state) => (['REPORT', 'CONFIRM', 'RETURN', 'WITHDRAW'] as ('REPORT' | FollowUp)[]).map((act) => [state, act] as const));
  test.each(grid)('%s %s', (state, act) => expect(decisionAfter(state, act)).toBe(legal[`${state} ${act}`] ?? null));
});

test('held from its calling to today; 50 points, 100 attendees · row 61', () => {
  const days = { calledOn: '2025-08-04', today: '2025-08-20' };
  expect(['2025-08-03', '2025-08-04', '2025-08-20', '2025-08-21'].map((day) => isHeldDay(day, days))).toEqual([false, true, true, false]);
  expect([isTooMany('points', 50), isTooMany('points', 51), isTooMany('parties', 101)]).toEqual([false, true, true]);
});
