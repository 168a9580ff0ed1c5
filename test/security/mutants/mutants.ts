import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isAttack, tryAttack, type Attack } from '../attacks/attack';
import { askAs, findingsOf } from '../attacks/graphql-cop';
import { GROUPS } from '../attacks/groups';
import type { World } from '../attacks/world';
import { fuzz } from '../fuzz/fuzz';

/** A copy of the system in which one guard is missing, the check that must notice, and what it must complain of. */
export interface Mutant {
  readonly patch: string;
  /** Where the check is among the tests: a case of the list, or another one's name. */
  readonly foundBy: string;
  readonly check: (world: World) => Promise<readonly string[]>;
  readonly breaks: RegExp;
}

const ATTACKS = GROUPS.flatMap(({ letter, rows }) => rows.filter(isAttack).map((attack) => ({ letter, attack })));

interface Caught {
  /** Of several cases of a number, those whose name has these words. */
  readonly words?: string;
  readonly breaks?: RegExp;
}
/** A mutant that cases of the list find out. */
function caught(patch: string, number: number, { words = '', breaks = /came of it: (?!an exception)/ }: Caught = {}): Mutant {
  const cases = ATTACKS.filter(({ attack }) => attack.number === number && attack.name.includes(words));
  if (cases.length === 0) throw new Error(`the list has no case ${number} ${words}`);
  const check = async (world: World): Promise<string[]> => {
    const all: string[] = [];
    for (const { attack } of cases) all.push(...(await tryAttack(world, attack)));
    return all;
  };
  return { patch: `${patch}.patch`, foundBy: cases.map(({ letter, attack }: { letter: string; attack: Attack }) => `${letter}${attack.number} ${attack.name}`).join('; '), check, breaks };
}

/** Guards of whom a request comes from, and of what the gateway lets through. */
export const EDGE_MUTANTS: readonly Mutant[] = [
  caught('e01-token-without-signature', 87), caught('e02-signature-by-the-public-key', 88), caught('e03-expired-token', 90, { words: 'expired' }), caught('e04-any-issuer', 90, { words: 'expired' }),
  caught('e05-internal-token-without-body', 45), caught('e06-internal-token-without-audience', 47), caught('e07-internal-token-twice', 46), caught('e08-internal-token-for-ever', 48),
  caught('e23-session-never-ends', 91, { words: 'ended, on each' }), caught('e37-gateway-hears-nothing', 91, { words: 'Redis' }), caught('e27-whoever-left-stays', 91, { words: 'left' }), caught('e36-internal-doors-for-people', 44, { words: 'internal doors' }),
  caught('e21-portal-account-anywhere', 70, { words: 'website' }), caught('e24-audit-open', 151, { words: 'no auditor' }), caught('e25-sdl-told', 52), caught('e26-key-of-any-shape', 50), caught('e14-any-number-of-references', 51),
  caught('e09-introspection-open', 1), caught('e10-suggestions', 4, { breaks: /a suggestion/ }), caught('e11-no-depth', 11), caught('e12-no-aliases', 5, { words: 'below' }), caught('e13-no-tokens', 8, { words: 'tokens' }),
  caught('e15-any-origin', 39), caught('e16-error-passed-through', 75, { breaks: /machinery/ }), caught('e17-any-media-type', 33), caught('e20-keys-twice', 21), caught('e28-any-length', 17), caught('e29-any-encoding', 18),
  caught('e30-persisted-queries', 26), caught('e31-no-headers', 112, { words: 'read again' }), caught('e32-headers-twice', 41, { words: 'smuggled' }), caught('e18-free-documents', 27), caught('e22-client-beyond-its-scopes', 28, { words: 'scopes' }),
  caught('e19-rate-by-a-header', 41, { words: 'rate limit' }), caught('e33-failures-uncounted', 41, { words: 'rate limit' }), caught('e35-dev-issuer-in-production', 90, { words: 'production' }),
  { patch: 'e09-introspection-open.patch', foundBy: "graphql-cop's checks", check: async (world) => (await findingsOf(askAs(world))).map((title) => `graphql-cop finds ${title}`), breaks: /graphql-cop finds Introspection/ },
  { patch: 'e34-tool-for-everybody.patch', foundBy: "graphql-cop's checks", check: async (world) => (await findingsOf(askAs(world))).map((title) => `graphql-cop finds ${title}`), breaks: /graphql-cop finds GraphQL IDE/ },
  { patch: 'e16-error-passed-through.patch', foundBy: 'fuzz', check: async (world) => (await fuzz(world, { seed: 'mutant', count: 300 })).broken, breaks: /machinery|a service/ },
];

/** Guards of rows, of identity, of the audit and of what travels. */
export const ROW_MUTANTS: readonly Mutant[] = [
  caught('r01-without-exclusion', 61, { words: 'the accused unit' }), caught('r02-no-sealed-lane', 59), caught('r03-division-prefix-off-by-one', 60), caught('r19-pattern-for-a-place', 71), caught('r06-posts-do-not-bound', 66), caught('r07-seconded-not-kept-out', 63, { words: 'secondment' }),
  caught('r33-reference-to-any-case', 49), caught('r04-reference-past-its-loader', 53, { words: 'a referral' }), caught('r05-loader-without-viewer', 53, { words: 'a letter' }), caught('r22-everybody-s-inbox', 53, { words: 'a notification' }),
  caught('r23-attachment-without-viewer', 53, { words: 'an attachment' }), caught('r24-obligation-without-viewer', 53, { words: 'an obligation' }), caught('r21-repeats-of-everybody', 78), caught('r32-count-of-all', 76), caught('r12-cursor-unchecked', 75),
  caught('r08-reveal-without-reason', 83, { words: 'without a reason' }), caught('r09-reveal-without-quota', 83, { words: 'thirty-first reading of identity' }), caught('r10-reveal-without-audit', 83, { words: 'nobody learns' }), caught('r11-unmasked-for-one-role', 83, { words: 'ordinary' }),
  caught('r20-export-outlives-the-right', 84), caught('r14-link-reusable', 85), caught('r30-secrets-tried-for-ever', 92), caught('r28-referral-to-oneself', 82, { words: 'oneself' }), caught('r29-referral-to-the-accused', 61, { words: 'a referral to' }),
  caught('r13-webhook-anywhere', 108), caught('r17-file-name-climbs', 109, { words: 'paths' }), caught('r18-macros-taken', 110, { words: 'programs' }), caught('r27-hidden-characters', 112, { words: 'turned' }),
  caught('r25-any-version', 132), caught('r26-key-for-any-input', 128), caught('r16-seal-unchecked', 141, { words: 'another seal' }), caught('r15-no-audit', 154), caught('r31-tokens-in-the-log', 156),
  caught('../../faults/mutants/r11-key-without-actor', 129),
];

export const nameOf = ({ patch }: Mutant): string => basename(patch, '.patch');

/** What is taken away, as the first line of its patch says. */
const guardOf = ({ patch }: Mutant): string => readFileSync(join(__dirname, patch), 'utf8').split('\n', 1)[0] ?? '';

/** guard → patch → which test finds it, as README.md holds it. */
export const guardTable = (): string => {
  const rows = [...EDGE_MUTANTS, ...ROW_MUTANTS].map((mutant) => `| ${guardOf(mutant)} | ${nameOf(mutant)} | ${mutant.foundBy} |`);
  return ['| Without the guard | Patch | Found by |', '| --- | --- | --- |', ...rows, ''].join('\n');
};
