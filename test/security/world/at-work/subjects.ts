import type { CountyName } from '../cast';
import type { KnownCase } from '../known-cases';
import type { PlaceName } from '../places';
import type { Before } from './at-work';

/** The ordinary cases that instruments are about. */
export interface Subjects {
  /** Of housing, supported by the land reserve centre, from which it is kept later. */
  readonly shared: KnownCase;
  /** Of housing: every rung of the ladder. */
  readonly climbed: KnownCase;
  readonly listed: KnownCase;
  readonly closing: KnownCase;
  readonly land: KnownCase;
  readonly next: KnownCase;
}

export function subjectsOf({ cases }: Before): Subjects {
  const take = (county: CountyName, lead: PlaceName, at: number): KnownCase => {
    const found = cases.filter((one) => one.county === county && one.lead === lead)[at];
    if (!found) throw new RangeError(`${county} has too few cases of ${lead}`);
    return found;
  };
  return {
    shared: take('here', 'housing', 0), climbed: take('here', 'housing', 3), listed: take('here', 'housing', 4), closing: take('here', 'housing', 5),
    land: take('here', 'landReserve', 0), next: take('neighbour', 'neighbourBureau', 0),
  };
}
