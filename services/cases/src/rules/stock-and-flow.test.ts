import { accumulationOf, flowBetween, type LedgerCounts } from './stock-and-flow';

const counts = (part: Partial<LedgerCounts> = {}): LedgerCounts => ({ entered: 0, resolved: 0, relapsed: 0, struckOff: 0, restored: 0, ...part });

test.each<[string, Partial<LedgerCounts>, Partial<LedgerCounts>, object]>([
  ['nothing happens', { entered: 95, resolved: 10 }, { entered: 95, resolved: 10 }, { opening: 85, entered: 0, resolved: 0, relapsed: 0, closing: 85 }],
  ['the ledger is opened', {}, { entered: 95 }, { opening: 0, entered: 95, resolved: 0, closing: 95 }],
  ['ten are resolved, two of them relapse', { entered: 95 }, { entered: 95, resolved: 8, relapsed: 2 }, { opening: 95, resolved: 10, relapsed: 2, closing: 87 }],
  ['two of an earlier period relapse', { entered: 95, resolved: 10 }, { entered: 95, resolved: 8, relapsed: 2 }, { opening: 85, resolved: 0, relapsed: 2, closing: 87 }],
  ['a case relapses and is resolved again', { entered: 1, resolved: 1 }, { entered: 1, resolved: 1, relapsed: 1 }, { opening: 0, resolved: 1, relapsed: 1, closing: 0 }],
  ['five are struck off, one comes back', { entered: 95, resolved: 10 }, { entered: 95, resolved: 9, relapsed: 1, struckOff: 5, restored: 1 }, { opening: 85, relapsed: 1, struckOff: 5, restored: 1, closing: 86 }],
])('brief §3.1 #8 减存量、控增量: %s', (_what, before, after, flow) => {
  expect(flowBetween(counts(before), counts(after))).toMatchObject(flow);
});

test('opening + entered − resolved + relapsed = closing, whatever happened', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const n = (k: number) => (seed * 7919 * k) % 97;
    const before = counts({ entered: 100 + n(1), resolved: n(2), relapsed: n(3) });
    const after = counts({ entered: before.entered + n(4), resolved: n(5), relapsed: before.relapsed + n(6) });
    const flow = flowBetween(before, after);
    expect(flow.opening + flow.entered - flow.resolved + flow.relapsed).toBe(flow.closing);
  }
});

test.each([
  [{ entered: 0, relapsed: 0, resolved: 0, closing: 0 }, { isCleared: true, accumulation: null, isAccumulating: false }],
  [{ entered: 0, relapsed: 0, resolved: 3, closing: 5 }, { isCleared: false, accumulation: 0, isAccumulating: false }],
  [{ entered: 2, relapsed: 1, resolved: 3, closing: 5 }, { isCleared: false, accumulation: 1, isAccumulating: false }],
  [{ entered: 2, relapsed: 2, resolved: 3, closing: 5 }, { isCleared: false, accumulation: 1.33, isAccumulating: true }],
  [{ entered: 1, relapsed: 0, resolved: 0, closing: 1 }, { isCleared: false, accumulation: null, isAccumulating: true }],
])('S2 动态清零, S3 边清边积: %j is %j · rows 9, 10', (part, shown) => {
  expect(accumulationOf({ opening: 0, struckOff: 0, restored: 0, ...part })).toEqual(shown);
});
