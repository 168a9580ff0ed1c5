import type { Facts } from '../oracle/facts';
import type { Oracle } from '../oracle/rules';
import type { World } from '../world/build-world';
import { MARK } from '../world/known-cases';
import type { Persona, PersonaName } from '../world/personas';
import { edgeOf } from './hops';
import { objectsAt, type Branch } from './documents';

/** Identity as petitioners gave it (world/known-cases.ts): no query shows it to anybody. */
const IDENTITY = /甘棠[\u4e00-\u9fff]|1540000\d{4}|GT\d{7}/g;

/** References to what another service owns, by ids that say nothing of a case: by the key alone they tell what stands in a row that was seen, and their owner decides what is behind it (`@access(rule: "REFERENCE")`). */
const NAMED_ONLY: ReadonlySet<string> = new Set(['Activity.campaign', 'Activity.programme', 'Appointment.campaign', 'AgendaItem.campaign', 'ResourceAllocation.campaign', 'SponsorshipCoverage.campaign']);

export interface Leak {
  readonly who: string;
  readonly what: string;
  readonly path: string;
}

/** What was answered to one persona. */
export interface Seen {
  objects: number;
  /** Objects that are rows of somebody's: each was held against the oracle. */
  judged: number;
  /** The rows themselves, each once. */
  readonly rows: Set<string>;
}

/** What came back, and which of the rows that were asked for are not for whoever asked. */
export interface Answered {
  readonly data: unknown;
  readonly isHidden: (row: string) => boolean;
}

export interface Judge {
  /** Compares an answer with what the persona should see. */
  judge(who: Persona, branches: readonly Branch[], answer: Answered): void;
  readonly leaks: readonly Leak[];
  /** Fields that led to an object, by the edge's name. */
  readonly reached: ReadonlySet<string>;
  seenBy(who: PersonaName): Seen;
}

export interface JudgeOptions {
  readonly oracle: Oracle;
  readonly facts: Facts;
  /** Case ids by the number that stands in all texts of the case. */
  readonly caseOfNo: ReadonlyMap<number, string>;
  /** The first of the lives is the matter that a website has the code and the secret of. */
  readonly world: Pick<World, 'lives'>;
}

interface Place {
  readonly holder: unknown;
  readonly path: string;
  readonly isHidden: Answered['isHidden'];
}

export function createJudge({ oracle, facts, caseOfNo, world }: JudgeOptions): Judge {
  const leaks: Leak[] = [];
  const reached = new Set<string>();
  const seen = new Map<PersonaName, Seen>();
  const seenBy = (who: PersonaName): Seen => {
    const known = seen.get(who) ?? { objects: 0, judged: 0, rows: new Set<string>() };
    seen.set(who, known);
    return known;
  };
  const weigh = (who: Persona, branch: Branch, { found, path, isHidden }: { found: Readonly<Record<string, unknown>>; path: string; isHidden: Answered['isHidden'] }): void => {
    const tally = seenBy(who.name);
    tally.objects += 1;
    const row = `${String(found['__typename'])} ${typeof found['id'] === 'string' ? found['id'] : JSON.stringify(found)}`;
    const verdict = oracle.allows(who, found);
    if (branch.row && isHidden(branch.row)) leaks.push({ who: who.name, what: `a row asked for by its id: ${row}`, path });
    if (verdict === undefined || (branch.asked === 'KEY' && NAMED_ONLY.has(edgeOf(branch.hop)))) return;
    tally.judged += 1;
    if (verdict && !oracle.isOfOffice(String(found['__typename']), String(found['id']))) tally.rows.add(row);
    if (!verdict) leaks.push({ who: who.name, what: row, path });
  };
  const walk = (who: Persona, branch: Branch, { holder, path, isHidden }: Place): void => {
    const here = `${path}.${branch.asked === 'KEY' ? 'key of ' : ''}${branch.hop.field}`;
    for (const found of objectsAt(branch, holder)) {
      reached.add(edgeOf(branch.hop));
      if (branch.hop.shape === 'EDGES') reached.add(`${branch.hop.target}Edge.node`);
      weigh(who, branch, { found, path: here, isHidden });
      for (const next of branch.branches.values()) walk(who, next, { holder: found, path: here, isHidden });
    }
  };
  const readWords = (who: Persona, branches: readonly Branch[], data: unknown): void => {
    const text = JSON.stringify(data ?? null);
    const path = branches.map(({ hop }) => hop.field).join(' ');
    for (const [words] of text.matchAll(IDENTITY)) leaks.push({ who: who.name, what: `identity in clear: ${words}`, path });
    for (const no of new Set([...text.matchAll(MARK)].map((match) => Number(match[1])))) {
      if (who.roles.includes('PUBLIC_PORTAL') && no === world.lives[0]?.no) continue;
      const id = caseOfNo.get(no);
      // the words of an accusation are shown by one mutation, with a reason, and by no query to anybody
      if (id === undefined || facts.cases.get(id)?.isSealed || !oracle.seesCase(who, id)) leaks.push({ who: who.name, what: `words of case ${no}`, path });
    }
  };
  return {
    judge(who, branches, { data, isHidden }) {
      for (const branch of branches) walk(who, branch, { holder: data, path: 'Query', isHidden });
      readWords(who, branches, data);
    },
    leaks, reached, seenBy,
  };
}
