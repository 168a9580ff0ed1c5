import { tell, type Verdict } from './verdict';

/** Says what came out and how long it took, and wants nothing broken. */
export async function expectKept(promised: Promise<Verdict>): Promise<void> {
  const startedAt = Date.now();
  const verdict = await promised;
  tell({ ...verdict, figures: { ...verdict.figures, 'seconds in all': Math.round((Date.now() - startedAt) / 1000) } });
  expect(verdict.broken).toEqual([]);
}
