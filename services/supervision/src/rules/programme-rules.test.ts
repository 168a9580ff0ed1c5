import type { Viewer } from '@anjie/access';
import { hundredths, isDecimalText } from './decimal-text';
import { entryObjection, isPeriodFit, isTargetMet, mayRunProgramme, programmeMoveObjection, PROGRAMME_STATES, targetObjection, yearsInARow, type EntryFacts } from './programme-rules';

const has = { members: 1, targets: 1 };
test.each(PROGRAMME_STATES.flatMap((from) => PROGRAMME_STATES.map((to) => [from, to, ['DRAFTED>RUNNING', 'RUNNING>ENDED'].includes(`${from}>${to}`)] as const)))(
  '%s to %s: %s · rows 14–21', (from, to, legal) => expect(programmeMoveObjection(from, to, { kind: { hasTargets: true }, has }) === null).toBe(legal));

test.each([[{ members: 0, targets: 1 }, true, false], [{ members: 1, targets: 0 }, true, false], [{ members: 1, targets: 0 }, false, true]])(
  'with %j, targets asked for %s, it starts: %s · rows 14, 40', (given, hasTargets, starts) => expect(programmeMoveObjection('DRAFTED', 'RUNNING', { kind: { hasTargets }, has: given }) === null).toBe(starts));

test.each<[string, string | null, number | undefined, boolean]>([
  ['2025-01-01', null, undefined, true], ['2025-01-01', null, 12, false], ['2025-01-01', '2025-12-31', 12, true], ['2025-01-01', '2026-01-01', 12, true],
  ['2025-01-01', '2026-01-02', 12, false], ['2025-01-01', '2025-01-01', undefined, false],
])('from %s to %s, at most %s months: %s · row 16', (from, to, mostMonths, fits) => expect(isPeriodFit({ mostMonths }, from, to)).toBe(fits));

const entry = (part: Partial<EntryFacts>): EntryFacts => ({ kind: 'LESSON', title: '一次会商、一次办结', text: '做法', unitId: null, divisionCode: null, year: null, dueOn: null, ...part });
test.each<[string, Partial<EntryFacts>, boolean, string | undefined]>([
  ['a lesson with its text', {}, false, undefined],
  ['a lesson without', { text: null }, false, 'ENTRY_NOT_FIT'],
  ['a measure with unit and day', { kind: 'MEASURE', text: null, unitId: 'u', dueOn: '2025-10-20' }, false, undefined],
  ['a measure without a unit', { kind: 'MEASURE', dueOn: '2025-10-20' }, false, 'ENTRY_NOT_FIT'],
  ['a measure due yesterday', { kind: 'MEASURE', unitId: 'u', dueOn: '2025-10-09' }, false, 'ENTRY_NOT_FIT'],
  ['a root cause', { kind: 'ROOT_CAUSE' }, false, undefined],
  ['an award for a year', { kind: 'AWARD', divisionCode: '640104', year: 2025 }, true, undefined],
  ['an award where the kind knows none', { kind: 'AWARD', divisionCode: '640104', year: 2025 }, false, 'ENTRY_NOT_FIT'],
  ['an award for next year', { kind: 'AWARD', divisionCode: '640104', year: 2026 }, true, 'ENTRY_NOT_FIT'],
  ['an award for two at once', { kind: 'AWARD', divisionCode: '640104', unitId: 'u', year: 2025 }, true, 'ENTRY_NOT_FIT'],
  ['words of what is never kept', { text: '对重点人员包保' }, false, 'TEXT_NOT_ACCEPTABLE'],
])('%s · rows 14, 15, 138, 139', (_what, part, needsAward, code) => expect(entryObjection(entry(part), { needsAward }, '2025-10-10')?.code).toBe(code));

test.each([[[2023, 2024, 2025], 2025, 3], [[2022, 2024, 2025], 2025, 2], [[2023], 2025, 0]])('awards in %j: %s in a row up to %s · row 14', (years, year, length) => expect(yearsInARow(years, year)).toBe(length));

test('targets compare as decimals, not as floats · rows 14, 40', () => {
  expect(['85', '85.00', '84.99'].map((value) => isTargetMet({ goal: '85.0', direction: 'AT_LEAST' }, value))).toEqual([true, true, false]);
  expect(isTargetMet({ goal: '0', direction: 'AT_MOST' }, '0.01')).toBe(false);
  expect(['1.5', '-1.05', '1.', '1e3', '.5', '1.005'].map(isDecimalText)).toEqual([true, true, false, false, false, false]);
  expect(['1.5', '-1.05', '100'].map(hundredths)).toEqual([150, -105, 10_000]);
  expect(targetObjection({ title: '化解率', formula: '化解数÷台账数', goal: '多' })?.code).toBe('TARGET_NOT_FIT');
});

const official = (part: Partial<Viewer>): Viewer => ({ kind: 'OFFICIAL', subject: 'me', unitId: 'u', divisionCode: null, roles: [], locale: 'en', ...part });
test.each<[string, Partial<Viewer>, boolean, boolean, boolean]>([
  ['the joint office of the division', { roles: ['JOINT_OFFICE'] }, true, false, true],
  ['the joint office of another', { roles: ['JOINT_OFFICE'] }, false, false, false],
  ['the leading unit', { roles: ['UNIT_HANDLER'] }, false, true, true],
  ['another unit', { roles: ['UNIT_HANDLER'] }, false, false, false],
  ['a window clerk of the leading unit', { roles: ['WINDOW_CLERK'] }, true, true, false],
])('%s runs it · row 40', (_who, part, overseesDivision, isOfUnit, may) => expect(mayRunProgramme(official(part), { overseesDivision, isOfUnit })).toBe(may));
