import type { KnownCase } from '../known-cases';
import type { Before } from './at-work';

/** The ordinary case with this place in the row (ordinary-cases.ts). */
export function caseAt({ cases }: Pick<Before, 'cases'>, index: number): KnownCase {
  const one = cases[index];
  if (!one) throw new RangeError(`the world has no case ${index}`);
  return one;
}
