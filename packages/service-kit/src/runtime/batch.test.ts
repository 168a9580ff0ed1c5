import { createBatch } from './batch';

/** A batch whose runs end when the test says so. */
function heldBatch(maxRunning?: number) {
  const runs: { items: readonly number[]; end: () => void }[] = [];
  const add = createBatch<number, number>({
    maxItems: 3,
    waitMs: 1,
    ...(maxRunning === undefined ? {} : { maxRunning }),
    run: (items) => new Promise((resolve) => runs.push({ items, end: () => resolve(items.map((item) => (item < 0 ? { error: new Error(`no ${item}`) } : { value: item * 10 }))) })),
  });
  return { runs, add };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('what callers bring within a moment is done together', () => {
  test('each hears of its own item', async () => {
    const { runs, add } = heldBatch();
    const answers = Promise.allSettled([add(1), add(-2), add(3)]);
    runs[0]?.end();
    expect((await answers).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual([10, 'no -2', 30]);
  });
  test('a full one does not wait for another', async () => {
    const { runs, add } = heldBatch();
    for (let i = 0; i < 7; i += 1) void add(i);
    await soon();
    expect(runs.map((run) => run.items)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  });
  test('one at a time: what comes meanwhile goes together afterwards', async () => {
    const { runs, add } = heldBatch(1);
    const answers = Promise.all([1, 2, 3, 4].map((item) => add(item)));
    await soon();
    const later = add(5);
    await soon();
    expect(runs.map((run) => run.items)).toEqual([[1, 2, 3]]);
    runs[0]?.end();
    await soon();
    expect(runs.map((run) => run.items)).toEqual([[1, 2, 3], [4, 5]]);
    runs[1]?.end();
    expect([await answers, await later]).toEqual([[10, 20, 30, 40], 50]);
  });
});
