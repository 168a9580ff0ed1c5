import type { Viewer } from '@anjie/access';
import { findingAfter, inspectionAfter, inspectorObjection, teamObjection, type FindingAct, type FindingState, type InspectionAct, type InspectionState } from './inspections';

const office: Viewer = { kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640100', roles: ['JOINT_OFFICE'], locale: 'en' };

describe('the life of an inspection · rows 124, 125', () => {
  const states: InspectionState[] = ['PLANNED', 'UNDER_WAY', 'REPORTED', 'CLOSED'];
  const acts: InspectionAct[] = ['START', 'FIND', 'REPORT', 'CLOSE'];
  const legal: Record<string, InspectionState> = {
    'PLANNED START': 'UNDER_WAY', 'UNDER_WAY FIND': 'UNDER_WAY', 'UNDER_WAY REPORT': 'REPORTED', 'REPORTED CLOSE': 'CLOSED', 'PLANNED CLOSE': 'CLOSED',
  };
  test.each(states.flatMap((state) => acts.map((act) => [state, act] as const)))('%s %s', (state, act) => {
    expect(inspectionAfter(state, act, { needsReport: true })).toBe(legal[`${state} ${act}`] ?? null);
  });
  test('电话督办 needs no report to be closed', () => expect(inspectionAfter('UNDER_WAY', 'CLOSE', { needsReport: false })).toBe('CLOSED'));

  const findings: Record<string, FindingState> = { 'OPEN RECTIFY': 'RECTIFIED', 'RECTIFIED ACCEPT': 'ACCEPTED', 'RECTIFIED RETURN': 'OPEN' };
  const grid = (['OPEN', 'RECTIFIED', 'ACCEPTED'] as FindingState[]).flatMap((state) => (['RECTIFY', 'ACCEPT', 'RETURN'] as FindingAct[]).map((act) => [state, act] as const));
  test.each(grid)('a finding: %s %s', (state, act) => expect(findingAfter(state, act)).toBe(findings[`${state} ${act}`] ?? null));
});

describe('who inspects · rows 124, 125, 132', () => {
  const facts = { divisionCode: '640104', leadingUnitId: 'office', isOfTeam: false, isOfInspectedUnit: false };
  test.each<[string, Partial<Viewer>, Partial<typeof facts>, string | undefined]>([
    ['the office that leads it', {}, {}, undefined],
    ['another office', {}, { leadingUnitId: 'other' }, 'NOT_PERMITTED'],
    ['a place that is not its own', { divisionCode: '640200' }, {}, 'OUTSIDE_DIVISION'],
    ['a member of the team, without a role', { roles: [], divisionCode: null }, { isOfTeam: true }, undefined],
    ['第二十八条: a member who works in the inspected unit', { roles: [] }, { isOfTeam: true, isOfInspectedUnit: true }, 'OF_INSPECTED_UNIT'],
    ['a handler', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
  ])('%s', (_sentence, who, what, code) => expect(inspectorObjection({ ...office, ...who }, { ...facts, ...what })?.code).toBe(code));
});

describe('指导组、督导组 · row 132', () => {
  const wish = { name: '第一督导组', leaderIds: ['a'], memberIds: ['b', 'c'], divisionCodes: ['640104'] };
  test.each<[string, object, string | undefined]>([
    ['has one leader and a region', {}, undefined],
    ['not two leaders', { leaderIds: ['a', 'b'], memberIds: [] }, 'LEADER_NEEDED'],
    ['nobody twice', { memberIds: ['a'] }, 'LEADER_NEEDED'],
    ['not without a region', { divisionCodes: [] }, 'LEADER_NEEDED'],
    ['in its own division', { divisionCodes: ['640104', '640200'] }, 'OUTSIDE_DIVISION'],
    ['with a name', { name: ' ' }, 'TEXT_NOT_ACCEPTABLE'],
  ])('%s', (_sentence, part, code) => expect(teamObjection(office, { ...wish, ...part })?.code).toBe(code));
});
