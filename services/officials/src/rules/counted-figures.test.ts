import { countingOf, type CountedFigure, type CountingFacts, type LedgerFact } from './counted-figures';

const EMPTY = { since: null, lostOn: null };
const since = (day: string) => ({ since: day, lostOn: null });
const lost = (day: string) => ({ since: null, lostOn: day });
const ledger = (part: Partial<LedgerFact> = {}): LedgerFact => ({ campaignId: 'A', divisionCode: '640104', enteredOn: '2026-03-01', removedOn: null, ...part });
const facts = (part: Partial<CountingFacts>): CountingFacts => ({
  today: '2026-06-30', sponsor: EMPTY, taskForce: EMPTY, planSince: null, closedOn: null, ledgers: [ledger()], counted: [], ...part,
});
const counted = (part: Partial<CountedFigure> = {}): CountedFigure => ({ campaignId: 'A', figure: 'SPONSORED', divisionCode: '640104', on: '2026-03-01', leftOn: null, ...part });
const all = (part: Partial<CountingFacts>) => countingOf(facts(part)).deltas.map((d) => `${d.figure} ${d.campaignId} ${d.divisionCode} ${d.on} ${d.delta}`);
const told = (part: Partial<CountingFacts>) => all(part).filter((line) => !line.startsWith('CASES_WITHOUT_SPONSOR'));

test.each`
  start           | on              | why
  ${'2026-01-01'} | ${'2026-03-01'} | ${'sponsored before the ledger: from the entry'}
  ${'2026-04-05'} | ${'2026-04-05'} | ${'sponsored later: from the start'}
`('a sponsorship from $start counts from $on ($why)', ({ start, on }: { start: string; on: string }) => {
  expect(told({ sponsor: since(start) })).toEqual([`SPONSORED A 640104 ${on} 1`]);
});

test('the four ones count from the last of their days', () => {
  expect(told({ sponsor: since('2026-03-02'), taskForce: since('2026-05-09'), planSince: '2026-04-01' })).toEqual([
    'SPONSORED A 640104 2026-03-02 1', 'FOUR_ONES_COMPLETE A 640104 2026-05-09 1',
  ]);
});

test('each ledger that counts the case counts its sponsor, a removed one does not', () => {
  expect(told({ sponsor: since('2026-04-01'), ledgers: [ledger(), ledger({ campaignId: 'B', divisionCode: '640105' }), ledger({ campaignId: 'C', removedOn: '2026-04-02' })] }))
    .toEqual(['SPONSORED A 640104 2026-04-01 1', 'SPONSORED B 640105 2026-04-01 1']);
});

test('an unchanged state adds nothing and keeps what is counted', () => {
  const state = facts({ sponsor: since('2026-03-01'), counted: [counted()] });
  expect(countingOf(state)).toEqual({ counted: [counted()], deltas: [] });
});

test.each`
  part                                                                                            | tells
  ${{ sponsor: lost('2026-05-05') }}                                                              | ${'SPONSORED A 640104 2026-05-05 -1'}
  ${{ sponsor: lost('2026-02-05') }}                                                              | ${'SPONSORED A 640104 2026-03-01 -1'}
  ${{ sponsor: EMPTY }}                                                                           | ${'SPONSORED A 640104 2026-06-30 -1'}
  ${{ sponsor: since('2026-03-01'), ledgers: [ledger({ removedOn: '2026-05-07' })] }}             | ${'SPONSORED A 640104 2026-05-07 -1'}
  ${{ sponsor: since('2026-03-01'), ledgers: [] }}                                                | ${'SPONSORED A 640104 2026-06-30 -1'}
`('a lost figure is subtracted on the day of the loss, never before it was added: $tells', ({ part, tells }: { part: Partial<CountingFacts>; tells: string }) => {
  expect(told({ counted: [counted()], ...part })).toEqual([tells]);
});

test('losing one part of the four ones ends them on that day and leaves the sponsor', () => {
  const before = [counted(), counted({ figure: 'FOUR_ONES_COMPLETE', on: '2026-04-01' })];
  expect(told({ sponsor: since('2026-03-01'), taskForce: lost('2026-05-05'), planSince: '2026-04-01', counted: before }))
    .toEqual(['FOUR_ONES_COMPLETE A 640104 2026-05-05 -1']);
});

test('a sponsor who follows without a gap changes no figure', () => {
  expect(told({ sponsor: since('2026-05-01'), counted: [counted()] })).toEqual([]);
});

test('a case that turns out to lie in another county is taken back and added on the same days', () => {
  expect(told({ sponsor: since('2026-03-01'), ledgers: [ledger({ divisionCode: '640105' })], counted: [counted()] }))
    .toEqual(['SPONSORED A 640104 2026-03-01 -1', 'SPONSORED A 640105 2026-03-01 1']);
});

test.each`
  enteredOn       | on
  ${'2026-03-20'} | ${'2026-03-20'}
  ${'2026-02-01'} | ${'2026-02-15'}
`('a ledger entry corrected to $enteredOn moves the count to $on', ({ enteredOn, on }: { enteredOn: string; on: string }) => {
  expect(told({ sponsor: since('2026-02-15'), ledgers: [ledger({ enteredOn })], counted: [counted()] }))
    .toEqual(['SPONSORED A 640104 2026-03-01 -1', `SPONSORED A 640104 ${on} 1`]);
});

test('a count that ended begins again no earlier than its end, so that no day counts a case twice', () => {
  expect(told({ sponsor: since('2026-04-01'), counted: [counted({ leftOn: '2026-05-05' })] })).toEqual(['SPONSORED A 640104 2026-05-05 1']);
  expect(told({ sponsor: since('2026-05-20'), counted: [counted({ leftOn: '2026-05-05' })] })).toEqual(['SPONSORED A 640104 2026-05-20 1']);
  expect(told({ sponsor: lost('2026-05-05'), counted: [counted({ leftOn: '2026-05-05' })] })).toEqual([]);
});

test('every history of changes sums to what the facts say in the end', () => {
  const history: Partial<CountingFacts>[] = [
    { sponsor: since('2026-03-05') }, { sponsor: lost('2026-04-01') }, { sponsor: since('2026-04-10'), taskForce: since('2026-04-11'), planSince: '2026-04-12' },
    { sponsor: since('2026-04-10'), taskForce: since('2026-04-11'), planSince: '2026-04-12', ledgers: [ledger({ divisionCode: '640106' })] },
    { sponsor: since('2026-04-10'), taskForce: since('2026-04-11'), planSince: '2026-04-12', ledgers: [ledger({ divisionCode: '640106', removedOn: '2026-05-01' })] },
  ];
  const sums = new Map<string, number>();
  history.reduce<readonly CountedFigure[]>((before, part) => {
    const step = countingOf(facts({ ...part, counted: before }));
    for (const d of step.deltas) sums.set(`${d.figure} ${d.divisionCode}`, (sums.get(`${d.figure} ${d.divisionCode}`) ?? 0) + d.delta);
    for (const [key, sum] of sums) expect([key, sum]).toEqual([key, step.counted.filter((c) => c.leftOn === null && `${c.figure} ${c.divisionCode}` === key).length]);
    return step.counted;
  }, []);
  expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
});

const unsponsored = (part: Partial<CountingFacts>) => all(part).filter((line) => line.startsWith('CASES_WITHOUT_SPONSOR')).map((line) => line.slice('CASES_WITHOUT_SPONSOR '.length));
const missing = (part: Partial<CountedFigure> = {}) => counted({ figure: 'CASES_WITHOUT_SPONSOR', ...part });
test.each<[string, Partial<CountingFacts>, string[]]>([
  ['never sponsored: from its entry', {}, ['A 640104 2026-03-01 1']],
  ['whose sponsor was lost: from that day', { sponsor: lost('2026-05-05'), counted: [counted()] }, ['A 640104 2026-05-05 1']],
  ['that was closed without one', { closedOn: '2026-04-01' }, []],
  ['that is closed now', { closedOn: '2026-04-01', counted: [missing()] }, ['A 640104 2026-04-01 -1']],
  ['that is sponsored now', { sponsor: since('2026-05-01'), counted: [missing()] }, ['A 640104 2026-05-01 -1']],
  ['that turns out to have been sponsored before its entry', { sponsor: since('2026-01-01'), counted: [missing()] }, ['A 640104 2026-03-01 -1']],
  ['that left the ledger', { ledgers: [ledger({ removedOn: '2026-05-07' })], counted: [missing()] }, ['A 640104 2026-05-07 -1']],
  ['that lost its sponsor a second time', { sponsor: lost('2026-06-10'), counted: [missing({ leftOn: '2026-05-01' })] }, ['A 640104 2026-06-10 1']],
])('a ledger case %s is counted as one without a sponsor · row 49', (_what, part, expected) => {
  expect(unsponsored(part)).toEqual(expected);
});
