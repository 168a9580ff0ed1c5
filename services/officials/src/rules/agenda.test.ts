import { agendaDayObjection, agendaDecisionObjection, amountObjection, yearObjection } from './agenda';

const today = '2026-06-30';

test('a subject stands on an agenda of these years, and what became of it is recorded once, not before its day · row 22', () => {
  expect(agendaDayObjection('2026-12-31', today)).toBeNull();
  expect(agendaDayObjection('2029-01-01', today)?.code).toBe('DATE_OUT_OF_RANGE');
  const item = { outcome: 'PENDING', on: today };
  const told = (part: object) => agendaDecisionObjection(item, { isDecided: true, decision: '同意，由区委常委会督办。', today, ...part })?.code ?? null;
  expect([told({}), told({ decision: null }), told({ isDecided: false, decision: null })]).toEqual([null, 'TEXT_NOT_ACCEPTABLE', null]);
  expect(agendaDecisionObjection({ ...item, outcome: 'DECIDED' }, { isDecided: true, decision: '同意', today })?.code).toBe('ALREADY_DECIDED');
  expect(agendaDecisionObjection({ ...item, on: '2026-07-01' }, { isDecided: true, decision: '同意', today })?.code).toBe('DATE_OUT_OF_RANGE');
});

test.each`
  kind           | amount       | isPlan   | code
  ${'MONEY'}     | ${'8000.50'} | ${true}  | ${null}
  ${'MONEY'}     | ${'0.00'}    | ${true}  | ${'AMOUNT_NOT_FIT'}
  ${'MONEY'}     | ${'0.00'}    | ${false} | ${null}
  ${'PEOPLE'}    | ${'12.00'}   | ${true}  | ${null}
  ${'PEOPLE'}    | ${'1.50'}    | ${true}  | ${'AMOUNT_NOT_FIT'}
  ${'EQUIPMENT'} | ${'3'}       | ${false} | ${null}
`('$amount of $kind, planned $isPlan: $code · row 142', ({ kind, amount, isPlan, code }: { kind: 'MONEY'; amount: string; isPlan: boolean; code: string | null }) => {
  expect(amountObjection(kind, amount, { isPlan })?.code ?? null).toBe(code);
});

test('resources are planned within five years · row 142', () => {
  expect([yearObjection(2031, today), yearObjection(2032, today)?.code]).toEqual([null, 'YEAR_OUT_OF_RANGE']);
});
