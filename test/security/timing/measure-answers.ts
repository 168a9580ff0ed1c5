import { createRandom } from '../../faults/harness/random';
import { SEED } from '../sizes';
import type { Stage } from '../stage';
import { PERSONAS, type PersonaName } from '../world/personas';
import { idOf } from '../world/stable-id';

/** Rows of which somebody is kept out by a seal or an exclusion, rows that are just not theirs, and rows that never were. */
const KINDS = ['sealed', 'excluded', 'not theirs', 'never was'] as const;
type Kind = (typeof KINDS)[number];

export interface Answers {
  readonly asked: number;
  /** Different answers to all of these questions; one, when nothing is told. */
  readonly texts: readonly string[];
  /** Milliseconds, by kind. For people to judge: nothing is asserted on them. */
  readonly times: Readonly<Record<Kind, { readonly median: number; readonly p95: number }>>;
}

/** Somebody of the accused unit asks for cases by id, the kinds shuffled, one after the other so that no answer waits for another. */
export async function measureAnswers({ system, facts, oracle }: Stage, { rounds, who = 'accusedHandler' }: { rounds: number; who?: PersonaName }): Promise<Answers> {
  const random = createRandom(`${SEED} times`);
  const hidden = oracle.idsOf('Case').filter((id) => !oracle.seesCase(PERSONAS[who], id)).flatMap((id) => facts.cases.get(id) ?? []);
  const ids: Readonly<Record<Kind, readonly string[]>> = {
    sealed: hidden.filter((one) => one.isSealed).map(({ id }) => id), excluded: hidden.filter((one) => !one.isSealed && one.excluded.size > 0).map(({ id }) => id),
    'not theirs': hidden.filter((one) => !one.isSealed && one.excluded.size === 0).map(({ id }) => id), 'never was': Array.from({ length: rounds }, (_, i) => idOf(`never was ${i}`)),
  };
  const questions = random.shuffle(KINDS.flatMap((kind) => Array.from({ length: rounds }, () => ({ kind, id: random.pick(ids[kind]) }))));
  const took = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const texts = new Set<string>();
  for (const [i, { kind, id }] of questions.entries()) {
    const from = performance.now();
    texts.add(await system.askRaw(who, JSON.stringify({ query: 'query ($id: ID!) { case(id: $id) { number title leadUnit { name } claims { stated } } }', variables: { id } })));
    if (i >= KINDS.length) took.get(kind)?.push(performance.now() - from);
  }
  return { asked: questions.length, texts: [...texts], times: Object.fromEntries([...took].map(([kind, ms]) => [kind, spread(ms)])) as Answers['times'] };
}

function spread(ms: readonly number[]): { median: number; p95: number } {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 100) / 100;
  return { median: at(0.5), p95: at(0.95) };
}
