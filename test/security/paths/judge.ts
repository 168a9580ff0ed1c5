import type { Oracle } from '../oracle/rules';
import type { Persona } from '../world/personas';
import { MARK } from '../world/known-cases';
import { edgeOf } from './hops';
import { objectsAt, type Branch } from './documents';

/** Identity as petitioners gave it (world/known-cases.ts): no query shows it to anybody. */
const IDENTITY = /甘棠[\u4e00-\u9fff]|1540000\d{4}|GT\d{7}/g;

export interface Leak {
  readonly who: string;
  readonly what: string;
  readonly path: string;
}

export interface Judge {
  /** Compares an answer with what the persona should see. */
  judge(who: Persona, branches: readonly Branch[], data: unknown): void;
  readonly leaks: readonly Leak[];
  /** Fields that led to an object, by the edge's name. */
  readonly reached: ReadonlySet<string>;
  readonly objects: number;
}

export interface JudgeOptions {
  readonly oracle: Oracle;
  /** Case ids by the number that stands in all texts of the case. */
  readonly caseOfNo: ReadonlyMap<number, string>;
}

export function createJudge({ oracle, caseOfNo }: JudgeOptions): Judge {
  const leaks: Leak[] = [];
  const reached = new Set<string>();
  let objects = 0;
  const walk = (who: Persona, branch: Branch, { holder, path }: { holder: unknown; path: string }): void => {
    const here = `${path}.${branch.hop.field}`;
    for (const found of objectsAt(branch, holder)) {
      objects += 1;
      reached.add(edgeOf(branch.hop));
      if (branch.hop.shape === 'EDGES') reached.add(`${branch.hop.target}Edge.node`);
      const { __typename: type, id } = found;
      if (branch.isHidden) leaks.push({ who: who.name, what: `a row asked for by its id: ${String(type)} ${String(id)}`, path: here });
      if (oracle.allows(who, found) === false) leaks.push({ who: who.name, what: `${String(type)} ${String(id)}`, path: here });
      for (const next of branch.branches.values()) walk(who, next, { holder: found, path: here });
    }
  };
  const readWords = (who: Persona, data: unknown, branches: readonly Branch[]): void => {
    const text = JSON.stringify(data ?? null);
    for (const [words] of text.matchAll(IDENTITY)) leaks.push({ who: who.name, what: `identity in clear: ${words}`, path: branches.map(({ hop }) => hop.field).join(' ') });
    for (const [, no] of text.matchAll(MARK)) {
      const id = caseOfNo.get(Number(no));
      if (id === undefined || !oracle.seesCase(who, id)) leaks.push({ who: who.name, what: `words of case ${no}`, path: branches.map(({ hop }) => hop.field).join(' ') });
    }
  };
  return {
    judge(who, branches, data) {
      for (const branch of branches) walk(who, branch, { holder: data, path: 'Query' });
      readWords(who, data, branches);
    },
    leaks, reached,
    get objects() {
      return objects;
    },
  };
}
