import { endObjection, formObjection, isLevelFit, isoWeekday, successionObjection, type Appointing, type AppointmentRules } from './appointing';

const today = '2026-06-30';
const kind: AppointmentRules = { bound: 'UNIT', isExclusive: false, needsSlot: false, needsQualification: false, callInMinutes: null, level: null };
const monday = { weekday: 1, startsAt: '09:00', endsAt: '12:00' };
const wanted = (part: Partial<Appointing>): Appointing => ({ hasUnit: true, hasCase: false, hasCampaign: false, slots: [], callInMinutes: null, qualification: null, startsOn: today, endsOn: null, ...part });
const code = (rules: Partial<AppointmentRules>, part: Partial<Appointing>) => formObjection({ ...kind, ...rules }, wanted(part), today)?.code ?? null;

test.each<[string, Partial<AppointmentRules>, Partial<Appointing>, string | null]>([
  ['a role in a unit', {}, {}, null],
  ['a role in a unit without one', {}, { hasUnit: false }, 'BINDING_NOT_FIT'],
  ['a role in a unit with a case', {}, { hasCase: true }, 'BINDING_NOT_FIT'],
  ['a role in a case', { bound: 'CASE' }, { hasCase: true, hasUnit: false }, null],
  ['a role in a case without one', { bound: 'CASE' }, {}, 'BINDING_NOT_FIT'],
  ['a leading group', { bound: 'CAMPAIGN' }, { hasCampaign: true }, null],
  ['a leading group of no campaign', { bound: 'CAMPAIGN' }, {}, 'BINDING_NOT_FIT'],
  ['a rotating seat', { needsSlot: true }, { slots: [monday, { ...monday, weekday: 3 }] }, null],
  ['a rotating seat without hours', { needsSlot: true }, {}, 'SLOTS_NOT_FIT'],
  ['hours that overlap', {}, { slots: [monday, { ...monday, startsAt: '11:00', endsAt: '13:00' }] }, 'SLOTS_NOT_FIT'],
  ['an eighth day of the week', {}, { slots: [{ ...monday, weekday: 8 }] }, 'SLOTS_NOT_FIT'],
  ['on call in 20 minutes of 30', { callInMinutes: 30 }, { callInMinutes: 20 }, null],
  ['on call in 31 minutes of 30', { callInMinutes: 30 }, { callInMinutes: 31 }, 'CALL_IN_NOT_FIT'],
  ['called to a seat that knows no call', {}, { callInMinutes: 5 }, 'CALL_IN_NOT_FIT'],
  ['a handling officer without qualification', { needsQualification: true }, {}, 'QUALIFICATION_MISSING'],
  ['an end before the start', {}, { endsOn: today }, 'DATE_OUT_OF_RANGE'],
  ['a start in two years', {}, { startsOn: '2028-06-30' }, 'DATE_OUT_OF_RANGE'],
])('%s is appointed · rows 56, 76, 82', (_what, rules, part, expected) => {
  expect(code(rules, part)).toBe(expected);
});

test.each`
  level         | place             | fits
  ${null}       | ${'640104'}       | ${true}
  ${'COUNTY'}   | ${'640104'}       | ${true}
  ${'COUNTY'}   | ${'640104100'}    | ${false}
  ${'TOWNSHIP'} | ${'640104100'}    | ${true}
  ${'VILLAGE'}  | ${'640104100201'} | ${true}
`('三级代办: a worker of $level in $place: $fits · row 84', ({ level, place, fits }: { level: 'COUNTY' | null; place: string; fits: boolean }) => {
  expect(isLevelFit({ level }, place)).toBe(fits);
});

test('a role ends once, on a day that has been · row 56', () => {
  const row = { startsOn: '2026-06-01', endsOn: null, endReason: null };
  expect(endObjection(row, today, today)).toBeNull();
  expect(endObjection(row, '2026-07-01', today)?.code).toBe('DATE_OUT_OF_RANGE');
  expect(endObjection(row, '2026-05-31', today)?.code).toBe('DATE_OUT_OF_RANGE');
  expect(endObjection({ ...row, endsOn: '2026-06-29' }, today, today)?.code).toBe('ALREADY_ENDED');
  expect([isoWeekday(0), isoWeekday(1), isoWeekday(6)]).toEqual([7, 1, 6]);
});

test.each`
  isUnbroken | isCaseOpen | hasSuccessor | code
  ${true}    | ${true}    | ${false}     | ${'SUCCESSOR_MISSING'}
  ${true}    | ${true}    | ${true}      | ${null}
  ${true}    | ${false}   | ${false}     | ${null}
  ${false}   | ${true}    | ${false}     | ${null}
`('一盯到底 $isUnbroken, open $isCaseOpen, successor $hasSuccessor: $code · row 86', ({ code, ...facts }: { isUnbroken: boolean; isCaseOpen: boolean; hasSuccessor: boolean; code: string | null }) => {
  expect(successionObjection(facts, facts)?.code ?? null).toBe(code);
});
