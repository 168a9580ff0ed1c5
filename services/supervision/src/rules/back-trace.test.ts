import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import type { Viewer } from '@anjie/access';
import { backTraceDue, backTraceObjection, divisionLine, isReason, type BackTraceFacts } from './back-trace';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const office: Viewer = { kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640100', roles: ['JOINT_OFFICE'], locale: 'en' };
const facts = (part: Partial<BackTraceFacts> = {}): BackTraceFacts => ({ divisionCode: '640104', state: 'REQUESTED', isOfTracedUnit: false, hasPartInCase: false, ...part });

describe('责任倒查: who decides on a request', () => {
  test.each<[string, Partial<Viewer>, Partial<BackTraceFacts>, string | undefined]>([
    ['the office above the unit', {}, {}, undefined],
    ['the office of another city', { divisionCode: '640200' }, {}, 'OUTSIDE_DIVISION'],
    ['第二十八条: a person of the traced unit', {}, { isOfTracedUnit: true }, 'OF_TRACED_UNIT'],
    ['第二十八条: the sponsor', {}, { hasPartInCase: true }, 'PART_IN_CASE'],
    ['a handler', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
    ['a second time', {}, { state: 'INQUIRY_ORDERED' }, 'WRONG_STATE'],
    ['after it was not pursued', {}, { state: 'NOT_PURSUED' }, 'WRONG_STATE'],
  ])('%s', (_sentence, who, what, code) => expect(backTraceObjection({ ...office, ...who }, facts(what))?.code).toBe(code));
});

test.each([
  ['640104', ['640104', '640100', '640000']],
  ['640104100', ['640104100', '640104', '640100', '640000']],
  ['640104100001', ['640104100001', '640104100', '640104', '640100', '640000']],
  ['640100', ['640100', '640000']],
  ['640000', ['640000']],
])('above %s: %j', (code, line) => expect(divisionLine(code)).toEqual(line));

test.each([
  ['2025-08-04', '2025-09-03'],
  ['2025-09-05', '2025-10-09'],
  ['2021-06-01', '2021-07-01'],
])('practice: 30 日 after %s, moved to a working day: %s', (on, dueOn) => {
  expect(backTraceDue(on, '640104', sources)).toMatchObject({ due: { dueEffective: dueOn, ruleCode: 'BACK_TRACE' } });
});

test('a decision says why', () => {
  expect(['', '\n', '理由', '字'.repeat(4000), '字'.repeat(4001), 'a\u0000'].map(isReason)).toEqual([false, false, true, true, false, false]);
});
