import { tryAttack, isAttack, type Attack } from '../attacks/attack';
import { askAs, findingsOf } from '../attacks/graphql-cop';
import { GROUPS } from '../attacks/groups';
import type { World } from '../attacks/world';
import { fuzz } from '../fuzz/fuzz';

/** A copy of the system in which one guard is missing, the check that must notice, and what it must complain of. */
export interface Mutant {
  readonly patch: string;
  readonly check: (world: World) => Promise<readonly string[]>;
  readonly breaks: RegExp;
}

const ATTACKS = GROUPS.flatMap(({ rows }) => rows).filter(isAttack);
/** Cases of the list by number and, where a number has several, by words of their name. */
const attacksOf = (number: number, words = ''): readonly Attack[] => {
  const found = ATTACKS.filter((attack) => attack.number === number && attack.name.includes(words));
  if (found.length === 0) throw new Error(`the list has no case ${number} ${words}`);
  return found;
};
const attack = (number: number, words?: string) => async (world: World): Promise<string[]> => {
  const all: string[] = [];
  for (const one of attacksOf(number, words)) all.push(...(await tryAttack(world, one)));
  return all;
};
const caught = (patch: string, number: number, words?: string, breaks = /came of it/): Mutant => ({ patch: `${patch}.patch`, check: attack(number, words), breaks });

/** Guards of whom a request comes from, and of what the gateway lets through. */
export const EDGE_MUTANTS: readonly Mutant[] = [
  caught('e01-token-without-signature', 87), caught('e02-signature-by-the-public-key', 88), caught('e03-expired-token', 90), caught('e04-any-issuer', 90), caught('e05-internal-token-without-body', 45), caught('e06-internal-token-without-audience', 47),
  caught('e07-internal-token-twice', 46), caught('e08-internal-token-for-ever', 48), caught('e09-introspection-open', 1), caught('e10-suggestions', 4, '', /a suggestion/), caught('e11-no-depth', 11), caught('e12-no-aliases', 5, 'below'), caught('e13-no-tokens', 8, 'tokens'),
  caught('e14-any-number-of-references', 51), caught('e15-any-origin', 39), caught('e16-error-passed-through', 75, '', /machinery/), caught('e17-any-media-type', 33), caught('e18-free-documents', 27), caught('e19-rate-by-a-header', 41, 'rate limit'), caught('e20-keys-twice', 21),
  { patch: 'e09-introspection-open.patch', check: async (world) => (await findingsOf(askAs(world))).map((title) => `graphql-cop finds ${title}`), breaks: /graphql-cop finds Introspection/ },
  { patch: 'e16-error-passed-through.patch', check: async (world) => (await fuzz(world, { seed: 'mutant', count: 300 })).broken, breaks: /machinery|a service/ },
];

/** Guards of rows, of identity, of the audit and of what travels. */
export const ROW_MUTANTS: readonly Mutant[] = [
  caught('r01-without-exclusion', 61, 'the accused unit'), caught('r02-no-sealed-lane', 59), caught('r03-division-prefix-off-by-one', 60), caught('r04-reference-past-its-loader', 53, 'a referral'), caught('r05-loader-without-viewer', 53, 'a letter'), caught('r06-posts-do-not-bound', 66),
  caught('r07-seconded-not-kept-out', 63, 'secondment'), caught('r08-reveal-without-reason', 83, 'without a reason'), caught('r09-reveal-without-quota', 83, 'thirty-first'), caught('r10-reveal-without-audit', 83, 'thirty-first'), caught('r11-unmasked-for-one-role', 83, 'ordinary'),
  caught('r12-cursor-unchecked', 75), caught('r13-webhook-anywhere', 108), caught('r14-link-reusable', 85), caught('r15-no-audit', 154), caught('r16-seal-unchecked', 141, 'another seal'), caught('r17-file-name-climbs', 109, 'paths'), caught('r18-macros-taken', 110, 'programs'),
  { patch: '../../faults/mutants/r11-key-without-actor.patch', check: attack(129), breaks: /came of it/ },
];
