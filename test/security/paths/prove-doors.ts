import { createRandom } from '../../faults/harness/random';
import { SEED, type Sizes } from '../sizes';
import type { Stage } from '../stage';
import { idOf } from '../world/stable-id';
import { JUDGED, type Persona } from '../world/personas';
import { inParallel } from '../world/security-system';
import { doorsOf, listsOf } from './enumerate';
import type { Hop } from './hops';

export interface DoorReport {
  readonly asked: number;
  /** Rows that were answered and should not have been, or the other way round. */
  readonly wrong: readonly string[];
  /** Where a row that is not for the persona looks different from one that does not exist. */
  readonly told: readonly string[];
}

const AT_ONCE = 9;

/** Rows of every entity asked for by their id: those that the persona should see are there, the others look like one that never was. */
export async function proveDoors(stage: Stage, { hiddenIds }: Sizes): Promise<DoorReport> {
  const { system, graph, personas } = stage;
  const random = createRandom(`${SEED} doors`);
  const report = { asked: 0, wrong: [] as string[], told: [] as string[] };
  // the directory is the same for everybody in office: no door to prove
  const known = new Set(stage.oracle.types);
  const doors = doorsOf(graph).filter((hop) => known.has(hop.target));
  const questions = personas.flatMap((who) => doors.flatMap((hop) => {
    const { seen, hidden } = stage.samples.idsFor(who, hop.target);
    const chosen = [...random.shuffle(seen).slice(0, 2).map((id) => [id, true] as const), ...random.shuffle(hidden).slice(0, hiddenIds).map((id) => [id, false] as const)];
    return Array.from({ length: Math.ceil(chosen.length / AT_ONCE) }, (_, i) => ({ who, hop, ids: chosen.slice(i * AT_ONCE, (i + 1) * AT_ONCE) }));
  }));
  await inParallel(questions, async ({ who, hop, ids }) => {
    const witness = graph.leavesOf(hop.target).find((leaf) => leaf !== 'id') ?? '__typename';
    const fields = ids.map(([id], i) => `a${i}: ${hop.field}(id: "${id}") { id ${witness} }`);
    const answer = await system.ask(who.name, `{ ${fields.join(' ')} none: ${hop.field}(id: "${idOf('no row has this id')}") { id ${witness} } }`);
    for (const [i, [id, isSeen]] of ids.entries()) {
      report.asked += 1;
      const got = answer.data?.[`a${i}`] ?? null;
      if ((got !== null) !== isSeen) report.wrong.push(`${who.name} ${hop.target} ${id}: ${got === null ? 'missing' : 'shown'}`);
      const [mine, nobodys] = [`a${i}`, 'none'].map((alias) => JSON.stringify((answer.errors ?? []).filter(({ path }) => path?.[0] === alias).map(({ message, extensions }) => [message, extensions])));
      if (!isSeen && mine !== nobodys) report.told.push(`${who.name} ${hop.target} ${id}`);
    }
  }, 4);
  return report;
}

export interface ListReport {
  readonly lists: number;
  readonly wrong: readonly string[];
  /** Types of which somebody sees a row, and types of which somebody does not see every one. */
  readonly seen: ReadonlySet<string>;
  readonly withheld: ReadonlySet<string>;
  /** Personas that see no row of anybody's, or every one. */
  readonly uncontrolled: readonly string[];
  readonly shares: readonly string[];
}

/** Lists that hold only a part of what a persona may see. */
const PARTIAL = new Set(['strikeOffsToDecide', 'myReminders', 'assistanceTasks']);
/** Wrappers and directory: no row of anybody's. */
const WITHOUT_RULE = (types: ReadonlySet<string>) => (hop: Hop): boolean => types.has(hop.target);

/** Each list counts exactly the rows that the persona should see: neither one more (it would leak) nor one less (nothing would be proved). */
export async function proveLists({ system, graph, personas, oracle }: Stage): Promise<ListReport> {
  const lists = listsOf(graph).filter(WITHOUT_RULE(new Set(oracle.types)));
  const wrong: string[] = [];
  const counts = await Promise.all(personas.filter(isOfficial).map(async (who) => {
    for (const { field, target } of lists) {
      const answer = await system.ask(who.name, `{ found: ${field}(first: 1) { totalCount } }`);
      const total = (answer.data?.['found'] as { totalCount: number } | undefined)?.totalCount;
      const { seen } = oracle.count(who, target);
      if (total === undefined || (PARTIAL.has(field) ? total > seen : total !== seen)) wrong.push(`${who.name} ${field}: ${String(total)} of ${seen}`);
    }
    return { who, cases: oracle.count(who, 'Case') };
  }));
  const counted = JUDGED.map((who) => ({ who, types: oracle.types.map((type) => ({ type, ...oracle.count(who, type) })) }));
  const typesWhere = (fits: (one: Count) => boolean) => new Set(counted.flatMap(({ types }) => types.filter(fits).map(({ type }) => type)));
  const total = (types: readonly Count[]): Count => ({ seen: types.reduce((sum, one) => sum + one.seen, 0), all: types.reduce((sum, one) => sum + one.all, 0) });
  // what everybody in office sees is no control: it is there for whoever sees nothing of anybody's
  const ofOffice = (type: string): number => oracle.idsOf(type).filter((id) => oracle.isOfOffice(type, id)).length;
  const common = oracle.types.reduce((sum, type) => sum + ofOffice(type), 0);
  const uncontrolled = counted.filter(({ who, types }) => !isSome(total(types), isOfficial(who) ? common : 0)).map(({ who }) => who.name);
  return {
    lists: lists.length, wrong, seen: typesWhere(({ seen }) => seen > 0), withheld: typesWhere(({ seen, all }) => seen < all), uncontrolled, shares: counts.map(({ who, cases }) => `${who.name} ${cases.seen}/${cases.all}`),
  };
}

interface Count {
  readonly seen: number;
  readonly all: number;
}
const isSome = ({ seen, all }: Count, common: number): boolean => seen > common && seen < all;
const isOfficial = ({ roles }: Persona): boolean => !roles.includes('PUBLIC_PORTAL');
