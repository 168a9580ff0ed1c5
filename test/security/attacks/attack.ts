import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUSY } from '../outcome';
import { differences } from './effects';
import type { World } from './world';

/** One case of the list in the design of security: what somebody tries, and what must come of it. */
export interface Attack {
  readonly number: number;
  readonly name: string;
  /** Tries it, in as many ways as there are, and says what came of each: see `outcomeOf`. */
  readonly attack: (world: World) => Promise<string | readonly string[]>;
  /** Each outcome is one of these. */
  readonly expected: string | readonly string[];
  /** The honest sibling of the attack, which works. @throws when it does not */
  readonly honest: (world: World) => Promise<unknown>;
  /** Something lawful is done or counted on the way. */
  readonly mayChange?: boolean;
  /** Waits for a clock of the product: not among the fast ones. */
  readonly isSlow?: boolean;
}
/** Proven by a test nearer to the code; it is not reachable through the gateway. */
export interface Proven {
  readonly number: number;
  readonly name: string;
  readonly provenBy: { readonly file: string; readonly title: string };
}
/** About a feature that the product does not have. */
export interface NotApplicable {
  readonly number: number;
  readonly name: string;
  readonly notApplicable: string;
}
export type Row = Attack | Proven | NotApplicable;

export const isAttack = (row: Row): row is Attack => 'attack' in row;
export const isProven = (row: Row): row is Proven => 'provenBy' in row;
export const isNotApplicable = (row: Row): row is NotApplicable => 'notApplicable' in row;

export interface Group {
  readonly letter: string;
  readonly from: number;
  readonly to: number;
  readonly rows: readonly Row[];
}

/** Tries one attack and its honest sibling. @returns a sentence for everything that is not as it must be */
export async function tryAttack(world: World, { attack, expected, honest, mayChange = false }: Attack): Promise<string[]> {
  await world.settled();
  world.takeLeaks();
  const before = await world.effects();
  const wanted = [expected].flat();
  const attempt = async (): Promise<string[]> => [await attack(world).catch((error: unknown) => `an exception: ${error instanceof Error ? error.message.slice(0, 400) : String(error)}`)].flat();
  let outcomes = await attempt();
  // a machine that is too busy to answer has refused nobody
  for (let again = 0; again < 2 && outcomes.some((one) => BUSY.test(one) && !wanted.includes(one)); again += 1) outcomes = await attempt();
  const wrong = outcomes.filter((outcome) => !wanted.includes(outcome)).map((outcome) => `came of it: ${outcome}; promised: ${wanted.join(' or ')}`);
  if (outcomes.length === 0) wrong.push('nothing was tried');
  if (!mayChange) wrong.push(...differences(before, await world.effects()).map((change) => `it had an effect: ${change}`));
  wrong.push(...world.takeLeaks().map((leak) => `an answer leaked: ${leak}`));
  await honest(world).catch((error: unknown) => void wrong.push(`the honest sibling failed: ${error instanceof Error ? error.message.slice(0, 600) : String(error)}`));
  return [...wrong, ...world.takeLeaks().map((leak) => `an honest answer leaked: ${leak}`), ...world.takeDeaths()];
}

/** A named test that is still there. */
export function isThere({ provenBy: { file, title } }: Proven): boolean {
  const path = join(__dirname, '../../..', file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(title);
}

/** What the list must hold of a group: every number, and each row's reason. */
export function gapsOf({ from, to, rows }: Group): number[] {
  const numbers = new Set(rows.map(({ number }) => number));
  return Array.from({ length: to - from + 1 }, (_none, at) => from + at).filter((number) => !numbers.has(number));
}
