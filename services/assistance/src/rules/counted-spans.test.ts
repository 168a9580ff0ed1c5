import { changeOfSpans, countedSpans, type Countable, type CountedSpan, type LedgerSpan } from './counted-spans';

const referral = (fromOn: string, untilOn: string | null = null): Countable => ({ figure: 'REFERRALS_OPEN', subjectId: 'r1', fromOn, untilOn });
const ledger = (enteredOn: string, removedOn: string | null = null, campaignId = 'c1'): LedgerSpan => ({ campaignId, divisionCode: '640104', enteredOn, removedOn });
const asOf = (spans: readonly CountedSpan[], day: string): number =>
  changeOfSpans([], spans).deltas.filter((d) => d.on <= day).reduce((sum, d) => sum + d.delta, 0);

describe('what a ledger counts', () => {
  test.each([
    ['2024-03-01', null, '2024-01-01', null, '2024-03-01', null],
    ['2024-03-01', null, '2024-05-01', null, '2024-05-01', null],
    ['2024-03-01', '2024-04-01', '2024-01-01', null, '2024-03-01', '2024-04-01'],
    ['2024-03-01', '2024-04-01', '2024-01-01', '2024-03-10', '2024-03-01', '2024-03-10'],
  ])('open %s–%s in a ledger %s–%s counts %s–%s', (from, until, entered, removed, fromOn, untilOn) => {
    expect(countedSpans([referral(from, until)], [ledger(entered, removed)])).toEqual([expect.objectContaining({ fromOn, untilOn })]);
  });

  test('spans that do not meet count nothing', () => {
    expect(countedSpans([referral('2024-03-01', '2024-04-01')], [ledger('2024-04-01')])).toEqual([]);
    expect(countedSpans([referral('2024-03-01')], [ledger('2024-01-01', '2024-03-01')])).toEqual([]);
  });

  test('the figure of a past day is what it was', () => {
    const spans = countedSpans([referral('2024-03-01', '2024-04-01')], [ledger('2024-01-01')]);
    expect([asOf(spans, '2024-02-29'), asOf(spans, '2024-03-01'), asOf(spans, '2024-03-31'), asOf(spans, '2024-04-01')]).toEqual([0, 1, 1, 0]);
  });

  test('counting again changes nothing; a changed ledger takes back exactly what was added', () => {
    const before = countedSpans([referral('2024-03-01')], [ledger('2024-01-01')]);
    expect(changeOfSpans(before, before)).toEqual({ gone: [], added: [], deltas: [] });
    const after = countedSpans([referral('2024-03-01')], [ledger('2024-01-01', null, 'c2')]);
    expect(changeOfSpans(before, after).deltas).toEqual([
      { campaignId: 'c1', figure: 'REFERRALS_OPEN', divisionCode: '640104', on: '2024-03-01', delta: -1 },
      { campaignId: 'c2', figure: 'REFERRALS_OPEN', divisionCode: '640104', on: '2024-03-01', delta: 1 },
    ]);
  });
});
