import type { Random } from '../../faults/harness/random';
import { NAMES, NASTY, ODD_VALUES, SAMPLES, type Sample } from './words';

const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|[0-9.]+|[^\s]/g;
type Step = (tokens: string[], random: Random) => void;

/** Changes of a document token by token: what typos, careless programs and attackers do to it. */
const STEPS: readonly Step[] = [
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 1),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, random.pick(tokens.length > 0 ? tokens : ['x'])),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 1, random.pick(NAMES)),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, random.pick(['{', '}', '(', ')', '[', ']', ':', '!', '@', '$', '...', '=', '|', '&', '#', '"', '"""', ','])),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, JSON.stringify(random.pick(NASTY))),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, random.pick(NASTY)),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length)),
  (tokens, random) => void tokens.splice(0, random.int(0, 3)),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, ...Array.from({ length: random.int(2, 60) }, () => `@${random.pick(['skip(if: true)', 'include(if: $x)', 'a', 'defer', 'deprecated'])}`)),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, ...tokens.slice(0, random.int(1, 40))),
  (tokens, random) => void tokens.splice(random.int(0, tokens.length), 0, ...Array.from({ length: random.int(2, 300) }, () => random.pick(['{ a', '[', '(x: ', '...f']))),
  (tokens, random) => void tokens.push('fragment', 'f', 'on', random.pick(['Query', 'Case', 'Nothing', 'String']), '{', random.pick(NAMES), '...f', '}'),
];

function mutateText(query: string, random: Random): string {
  const tokens = [...query.matchAll(TOKEN)].map(([token]) => token);
  for (let n = random.int(0, 4); n > 0; n -= 1) random.pick(STEPS)(tokens, random);
  return tokens.join(' ');
}

/** Somewhere in the variables something else stands. */
function mutateValue(value: unknown, random: Random): unknown {
  if (random.chance(25)) return random.chance(50) ? random.pick(NASTY) : random.pick(ODD_VALUES);
  if (Array.isArray(value)) return value.map((one) => mutateValue(one, random));
  if (typeof value !== 'object' || value === null) return random.chance(10) ? random.pick(ODD_VALUES) : value;
  const entries = Object.entries(value).filter(() => !random.chance(8)).map(([name, one]): [string, unknown] => [random.chance(4) ? random.pick(NAMES) : name, random.chance(50) ? one : mutateValue(one, random)]);
  return Object.fromEntries(random.chance(10) ? [...entries, [random.pick(NAMES), random.pick(ODD_VALUES)]] : entries);
}

/** Bytes of a body that no program would send. */
function mutateBytes(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  for (let n = random.int(1, 6); n > 0 && bytes.length > 0; n -= 1) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
  return random.chance(30) ? bytes.subarray(0, random.int(0, bytes.length)) : bytes;
}

export interface FuzzedRequest {
  readonly body: Buffer;
  /** The document and variables in it, where the body is whole. */
  readonly sample: Sample | undefined;
}

/** Puts ids in for `$`, and a key for `$key`. */
const filled = (value: unknown, id: string, random: Random): unknown =>
  JSON.parse(JSON.stringify(value), (_name, inner: unknown) => (inner === '$' ? id : inner === '$key' ? `fuzz-${random.int(1, 1e9)}-${random.int(1, 1e9)}` : inner));

export function fuzzedRequest(random: Random, ids: readonly string[]): FuzzedRequest {
  const { query, variables } = random.pick(SAMPLES);
  const sample: Sample = {
    query: random.chance(60) ? mutateText(query, random) : query,
    variables: (random.chance(45) ? mutateValue(filled(variables, random.pick(ids), random), random) : filled(variables, random.pick(ids), random)) as Sample['variables'],
  };
  const more = random.chance(8) ? { [random.pick(['operationName', 'extensions', 'documentId', 'query', '__proto__', 'variables'])]: random.pick([...ODD_VALUES, ...NASTY]) } : {};
  const text = JSON.stringify({ ...sample, ...more });
  return random.chance(12) ? { body: mutateBytes(text, random), sample: undefined } : { body: Buffer.from(text), sample: Object.keys(more).length > 0 ? undefined : sample };
}

/** A document that reads one thing by its id, in a form that this seed makes up: it fits the graph or it does not. */
export function readingOf(random: Random): string {
  const field = random.pick(['case', 'petition', 'referral', 'obligation', 'supervisionLetter', 'attachment', 'notification', 'sponsorship']);
  const below = random.shuffle(['id', '__typename', 'case { id title }', 'x: id', '... { id }', 'version', 'title', 'state', 'nothing', 'case { petitions { nodes { id } } }']).slice(0, random.int(1, 4)).join(' ');
  return `query ($id: ID!) { ${random.chance(30) ? 'a: ' : ''}${field}(id: $id) { ${below} } }`;
}
