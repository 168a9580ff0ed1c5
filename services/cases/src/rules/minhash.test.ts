import { BANDS, bandsOf, compactOf, containmentOf, MINIMA, minimaOf, ROWS, similarityOf } from './minhash';

/** The same numbers in every run, as if drawn (mulberry32). */
const drawn = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
};
const draw = drawn(7);
const seeds = Uint32Array.from({ length: MINIMA }, draw);

/** Two sets of `size` numbers whose Jaccard share is `share`. */
function pairOf(size: number, share: number): [number[], number[]] {
  const common = Math.round((2 * size * share) / (1 + share));
  const both = Array.from({ length: common }, draw);
  const own = () => [...both, ...Array.from({ length: size - common }, draw)];
  return [own(), own()];
}

test('every band has its own minima', () => expect(BANDS * ROWS).toBeLessThanOrEqual(MINIMA));

test.each([0.02, 0.1, 0.3, 0.5, 0.8, 1])('a share of %f is estimated within four sigma, and the mean of 50 within one', (share) => {
  const sigma = Math.sqrt((share * (1 - share)) / MINIMA) + 0.01;
  const found = Array.from({ length: 50 }, () => pairOf(200, share)).map(([a, b]) => similarityOf(compactOf(minimaOf(a, seeds)), compactOf(minimaOf(b, seeds))));
  for (const one of found) expect(Math.abs(one - share)).toBeLessThan(4 * sigma);
  expect(Math.abs(found.reduce((sum, one) => sum + one, 0) / found.length - share)).toBeLessThan(sigma);
});

test.each([[0.02, 0, 0.02], [0.3, 0.55, 0.82], [0.4, 0.88, 1], [0.6, 1, 1]])('of pairs that share %f, between %f and %f meet in a band', (share, least, most) => {
  const meet = ([a, b]: [number[], number[]]): boolean => {
    const bands = new Set(bandsOf(minimaOf(a, seeds)).map((band) => band.toString('hex')));
    return bandsOf(minimaOf(b, seeds)).some((band) => bands.has(band.toString('hex')));
  };
  const met = Array.from({ length: 200 }, () => pairOf(100, share)).filter(meet).length / 200;
  expect(met).toBeGreaterThanOrEqual(least);
  expect(met).toBeLessThanOrEqual(most);
});

test('the order of the grams does not matter, and other seeds make another signature', () => {
  const grams = Array.from({ length: 100 }, draw);
  const own = compactOf(minimaOf(grams, seeds));
  expect(compactOf(minimaOf([...grams].reverse(), seeds))).toEqual(own);
  expect(similarityOf(own, compactOf(minimaOf(grams, Uint32Array.from({ length: MINIMA }, draw))))).toBeLessThan(0.1);
});

test.each([[0.1, [100, 1_000], 1], [0.05, [100, 1_000], 0.52], [0.5, [100, 100], 0.67], [0, [10, 10], 0], [0.4, [0, 10], 0]] as const)(
  'a share of %f between %p grams: %f of the shorter stands in the longer', (similarity, sizes, share) => expect(containmentOf(similarity, sizes)).toBeCloseTo(share, 2),
);
