import type { Oracle } from '../oracle/rules';
import { PERSONAS, type Persona } from '../world/personas';
import { PLACES } from '../world/places';
import { idOf } from '../world/stable-id';
import type { World } from '../world/build-world';
import type { Facts } from '../oracle/facts';
import type { ArgumentsOf, Root } from './documents';
import { isById, type Hop } from './hops';

/** What a variable stands for, for one who asks. */
interface Given {
  readonly value: string;
  /** A row that is not for whoever asks, or none. */
  readonly isHidden: boolean;
}
interface Variable {
  readonly type: string;
  readonly of: (who: Persona, shift: number) => Given;
}

/** Which rows a persona begins with, and what stands in the other arguments. Documents are the same for all personas, so that each is planned once; only the variables differ. */
export interface Samples {
  /** Rows of a type: those that the persona should see, the richest first, and those that it should not. */
  idsFor(who: Persona, type: string): { readonly seen: readonly string[]; readonly hidden: readonly string[] };
  /** Where a path may begin at a root field: at so many rows that the persona sees, and at one that it does not. */
  rootsOf(hop: Hop, most: number): readonly Root[];
  readonly argumentsOf: ArgumentsOf;
  typeOf(variable: string): string;
  /** `shift`: so many rows further, so that the same document asks for others. */
  valueOf(who: Persona, variable: string, shift?: number): Given;
}

export interface SampleOptions {
  readonly world: World;
  readonly facts: Facts;
  readonly oracle: Oracle;
}

export function createSamples({ world, facts, oracle }: SampleOptions): Samples {
  const idsFor = createIds({ world, facts, oracle });
  const variables = new Map<string, Variable>();
  const declare = (name: string, variable: Variable): string => {
    if (!variables.has(name)) variables.set(name, variable);
    return `$${name}`;
  };
  const known = (name: string): Variable => {
    const found = variables.get(name);
    if (!found) throw new RangeError(`nobody has said what $${name} stands for`);
    return found;
  };
  /** Directory: the same for everybody in office. */
  const isOpen = (type: string): boolean => !oracle.types.includes(type);
  const row = (type: string, slot: number | 'hidden'): string => {
    const name = `${type}_${slot}`;
    declare(name, {
      type: 'ID!',
      of: (who, shift) => {
        const at = slot === 'hidden' ? slot : slot + shift;
        return isOpen(type) ? { value: openTo(who)[type]?.[Number(at)] ?? oracle.idsOf(type)[Number(at)] ?? NO_ROW, isHidden: false } : rowFor(at, idsFor(who, type));
      },
    });
    return name;
  };
  const textFor = textsOf(world, declare);
  const argumentText = (hop: Hop, given: Readonly<Record<string, string>> = {}): string => {
    const parts = hop.args.flatMap(({ name, type, isRequired }) => {
      const value = given[name] ?? (isRequired || name === 'first' ? textFor(name, type) : undefined);
      if (isRequired && value === undefined) throw new RangeError(`nobody has said what stands in ${hop.parent}.${hop.field}(${name}:)`);
      return value === undefined ? [] : [`${name}: ${value}`];
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  };
  const rowsOf = (type: string, most: number): string[] => {
    const own = Array.from({ length: most }, (_, i) => row(type, i));
    return isOpen(type) ? own : [...own, row(type, 'hidden')];
  };
  const beginAt = (hop: Hop, { type, most, argument }: { type: string; most: number; argument: (variable: string) => Readonly<Record<string, string>> }): Root[] =>
    rowsOf(type, most).map((name) => ({ text: argumentText(hop, argument(`$${name}`)), row: name }));
  return {
    idsFor,
    rootsOf(hop, most) {
      if (hop.field === 'repeatCandidates') return beginAt(hop, { type: 'Petition', most: 1, argument: (id) => ({ input: `{ petitionId: ${id} }` }) });
      if (hop.args.some(({ name, isRequired }) => isRequired && name === 'caseId')) return beginAt(hop, { type: 'Case', most, argument: (caseId) => ({ caseId }) });
      return isById(hop) ? beginAt(hop, { type: hop.target, most, argument: (id) => ({ id }) }) : [{ text: argumentText(hop), row: undefined }];
    },
    argumentsOf: (hop) => argumentText(hop),
    typeOf: (name) => known(name).type,
    valueOf: (who, name, shift = 0) => known(name).of(who, shift),
  };
}

const NO_ROW = idOf('no row has this id');

/** The row in a slot; whoever sees fewer is given some that are not for them. */
function rowFor(slot: number | 'hidden', { seen, hidden }: ReturnType<Samples['idsFor']>): Given {
  const own = slot === 'hidden' ? undefined : seen[slot];
  if (own !== undefined) return { value: own, isHidden: false };
  const others = slot === 'hidden' ? hidden[0] : hidden[slot - seen.length + 1];
  return { value: others ?? NO_ROW, isHidden: true };
}

/** The own place and person first, and some with whom much happens. */
const openTo = (who: Persona): Readonly<Record<string, readonly string[]>> => ({
  Unit: [...new Set([PLACES[who.place ?? 'housing'].id, PLACES.housing.id, PLACES.landReserve.id, PLACES.labour.id, PLACES.formerHousing.id])],
  Official: [...new Set([who.id, PERSONAS.sponsor.id, PERSONAS.housingHead.id, PERSONAS.leadHandler.id])],
});

/** What stands in an argument of this name: a word, or a variable where it depends on who asks. */
function textsOf({ lives, provinceCampaignId }: World, declare: (name: string, variable: Variable) => string): (name: string, type: string) => string | undefined {
  const receipt = lives[0]?.receipt;
  const words: Readonly<Record<string, string>> = {
    first: '2', campaignId: `"${provinceCampaignId}"`, from: '"2022-01-01"', to: '"2022-12-31"', on: '"2022-12-28"', startOn: '"2022-12-01"', ruleCode: '"T8"',
    queryCode: `"${receipt?.queryCode ?? ''}"`, secret: `"${receipt?.secret ?? ''}"`,
  };
  const places: Readonly<Record<string, (who: Persona) => string>> = { divisionCode: ({ division }) => division, code: ({ division }) => division, unitId: ({ place }) => PLACES[place ?? 'housing'].id };
  return (name, type) => {
    const place = places[name];
    return place ? declare(`own_${name}_${type.replace(/\W/g, '')}`, { type, of: (who) => ({ value: place(who), isHidden: false }) }) : words[name];
  };
}

/** Cases by how much happened to them that seldom happens: a merger counts for more than a letter. */
function rankOfCases({ world, facts }: Pick<SampleOptions, 'world' | 'facts'>): ReadonlyMap<string, number> {
  const rarity = new Map<string, number>();
  for (const rows of facts.rows.values()) {
    for (const { caseId, more } of rows.values()) for (const id of [caseId, more['otherCaseId']]) if (typeof id === 'string') rarity.set(id, (rarity.get(id) ?? 0) + 1 / rows.size);
  }
  const ranked = [...world.lives, ...world.cases].map(({ id }) => id).sort((a, b) => (rarity.get(b) ?? 0) - (rarity.get(a) ?? 0));
  return new Map(ranked.map((id, index) => [id, index]));
}

function createIds({ world, facts, oracle }: SampleOptions): Samples['idsFor'] {
  const rich = rankOfCases({ world, facts });
  const rankOf = (type: string, id: string): number => rich.get(facts.rows.get(type)?.get(id)?.caseId ?? id) ?? 999;
  const memo = new Map<string, { seen: readonly string[]; hidden: readonly string[] }>();
  return (who, type) => {
    const key = `${who.name} ${type}`;
    const known = memo.get(key);
    if (known) return known;
    const ids = [...oracle.idsOf(type)].sort((a, b) => rankOf(type, a) - rankOf(type, b));
    // what is nobody's is open to everybody in office
    const sees = (id: string): boolean => !oracle.types.includes(type) || oracle.sees(who, type, id);
    const made = { seen: ids.filter(sees), hidden: ids.filter((id) => !sees(id)) };
    memo.set(key, made);
    return made;
  };
}
