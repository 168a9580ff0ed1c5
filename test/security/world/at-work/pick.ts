import type { KnownCase } from '../known-cases';
import type { PersonaName } from '../personas';
import { PERSONAS } from '../personas';
import type { PlaceName } from '../places';
import type { Before } from './at-work';

/** The first ordinary cases that a unit leads; what later steps hide of them stands in ordinary-cases.ts. */
export function ledBy({ cases }: Pick<Before, 'cases'>, place: PlaceName): readonly [KnownCase, ...KnownCase[]] {
  const [first, ...others] = cases.filter(({ lead }) => lead === place);
  if (!first) throw new RangeError(`${place} leads no case`);
  return [first, ...others];
}

export const leader = (name: PersonaName): object => ({ officialId: PERSONAS[name].id, part: 'LEADER' });
export const participant = (name: PersonaName): object => ({ officialId: PERSONAS[name].id, part: 'PARTICIPANT' });
