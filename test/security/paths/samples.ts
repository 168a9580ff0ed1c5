import type { Oracle } from '../oracle/rules';
import { PERSONAS, type Persona } from '../world/personas';
import { PLACES } from '../world/places';
import type { World } from '../world/build-world';
import type { Facts } from '../oracle/facts';
import type { ArgumentsOf } from './documents';
import { isById, type Hop } from './hops';

/** Which rows a persona begins with, and what stands in the other arguments. */
export interface Samples {
  /** Rows of a type: those that the persona should see, the richest first, and some that it should not. */
  idsFor(who: Persona, type: string): { readonly seen: readonly string[]; readonly hidden: readonly string[] };
  /** Arguments of a root field: one text for each row that it may begin with. */
  rootsOf(who: Persona, hop: Hop, most: number): readonly { readonly text: string; readonly isHidden: boolean }[];
  argumentsOf(who: Persona): ArgumentsOf;
}

export interface SampleOptions {
  readonly world: World;
  readonly facts: Facts;
  readonly oracle: Oracle;
}

export function createSamples({ world, facts, oracle }: SampleOptions): Samples {
  const rich = new Map([...world.lives, ...world.cases].map((one, index) => [one.id, index]));
  const rankOf = (type: string, id: string): number => rich.get(facts.rows.get(type)?.get(id)?.caseId ?? id) ?? 999;
  const memo = new Map<string, { seen: readonly string[]; hidden: readonly string[] }>();
  const idsFor = (who: Persona, type: string) => {
    const key = `${who.name} ${type}`;
    const known = memo.get(key);
    if (known) return known;
    const ids = [...oracle.idsOf(type)].sort((a, b) => rankOf(type, a) - rankOf(type, b));
    const made = { seen: ids.filter((id) => oracle.sees(who, type, id)), hidden: ids.filter((id) => !oracle.sees(who, type, id)) };
    memo.set(key, made);
    return made;
  };
  /** Of the rows, those of the special cases (the first of the world) and then the others. */
  const begin = (who: Persona, type: string, most: number) => {
    const { seen, hidden } = idsFor(who, type);
    return [...seen.slice(0, most).map((id) => ({ id, isHidden: false })), ...hidden.slice(0, seen.length === 0 ? most : 1).map((id) => ({ id, isHidden: true }))];
  };
  const [receipt, campaignId] = [world.lives[0]?.receipt, world.provinceCampaignId];
  const textFor = (who: Persona, name: string): string | undefined => ({
    first: '2', divisionCode: `"${who.division}"`, code: `"${who.division}"`, campaignId: `"${campaignId}"`, unitId: `"${PLACES[who.place ?? 'housing'].id}"`, from: '"2022-01-01"', to: '"2022-12-31"', on: '"2022-12-28"', startOn: '"2022-12-01"',
    ruleCode: '"T8"', queryCode: `"${receipt?.queryCode ?? ''}"`, secret: `"${receipt?.secret ?? ''}"`,
  })[name];
  const argumentText = (who: Persona, hop: Hop, given: Readonly<Record<string, string>> = {}): string => {
    const parts = hop.args.flatMap(({ name, isRequired }) => {
      const value = given[name] ?? (isRequired || name === 'first' ? textFor(who, name) : undefined);
      if (isRequired && value === undefined) throw new RangeError(`nobody has said what stands in ${hop.parent}.${hop.field}(${name}:)`);
      return value === undefined ? [] : [`${name}: ${value}`];
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  };
  return {
    idsFor,
    rootsOf(who, hop, most) {
      if (hop.field === 'repeatCandidates') return begin(who, 'Petition', 1).map(({ id, isHidden }) => ({ text: argumentText(who, hop, { input: `{ petitionId: "${id}" }` }), isHidden }));
      if (hop.args.some(({ name, isRequired }) => isRequired && name === 'caseId')) return begin(who, 'Case', 1).map(({ id, isHidden }) => ({ text: argumentText(who, hop, { caseId: `"${id}"` }), isHidden }));
      if (!isById(hop)) return [{ text: argumentText(who, hop), isHidden: false }];
      const open = openTo(who)[hop.target] ?? (oracle.types.includes(hop.target) ? undefined : oracle.idsOf(hop.target));
      if (open) return open.slice(0, most === 1 ? 1 : open.length).map((id) => ({ text: argumentText(who, hop, { id: `"${id}"` }), isHidden: false }));
      return begin(who, hop.target, most).map(({ id, isHidden }) => ({ text: argumentText(who, hop, { id: `"${id}"` }), isHidden }));
    },
    argumentsOf: (who) => (hop) => argumentText(who, hop),
  };
}

/** Of the directory, which is open to all: the own place first, and places where much happens. */
const openTo = (who: Persona): Readonly<Record<string, readonly string[]>> => ({
  Unit: [...new Set([PLACES[who.place ?? 'housing'].id, PLACES.housing.id, PLACES.landReserve.id, PLACES.labour.id])],
  Official: [...new Set([who.id, PERSONAS.sponsor.id, PERSONAS.housingHead.id])],
});
