import type { RawAnswer } from './own-system';

const INSIDES: readonly (readonly [string, RegExp])[] = [
  ['a stack', /"stack|\bat \/|\bat (async )?[\w.<>]+ \(|node_modules|\.[jt]s:\d+/gi],
  ['SQL', /\b(SELECT|INSERT INTO|DELETE FROM|UPDATE|FROM)\s+`?\w+|\bER_[A-Z_]+|\berrno\b|sqlState|You have an error in your SQL/g],
  ['a table', /case_scopes|case_parties|idempotency_keys|outbox_messages|inbox_messages|referral_receipts|unit_closure|audit_entries|business_clock/g],
  ['an address', /127\.0\.0\.1|localhost|::1|\bECONN[A-Z]+|\bENOENT\b|\.sock\b/g],
  ['an engine', /mysql|mariadb|redis|bullmq|typeorm/gi],
  ['a suggestion', /Did you mean/gi],
  ['machinery', /serviceName|subgraph|_entities|_service|__resolveReference|valueCompletion/gi],
  ['a version', /"(version|x-powered-by|server)":\s*"v?\d+\.\d+|\b(node|express|apollo|graphql)[/ ]v?\d+\.\d+/gi],
  ['a path', /(^|["'\s(])\/(home|tmp|usr|opt|srv|var|etc|root|work)\/\w/gi],
  ['a variable of the environment', /\bANJIE_[A-Z_]+|\bNODE_ENV\b/g],
];
const SERVICE_NAME = /\b(cases|officials|supervision|assistance)\b/gi;

interface Failure {
  readonly message?: string;
  readonly extensions?: unknown;
}

/** What an answer tells of what the system is made of, unless the client said it first: that is no news to it. */
export function leaksIn({ status, text }: RawAnswer, sent = ''): string[] {
  const isNews = ([found]: RegExpMatchArray): boolean => !sent.toLowerCase().includes(found.trim().toLowerCase());
  const tell = (what: string, found: RegExpMatchArray, where: string): string => `${status} tells ${what}: ${found[0]} in ${where.slice(0, 300)}`;
  const inside = INSIDES.flatMap(([what, pattern]) => [...text.matchAll(pattern)].filter(isNews).slice(0, 1).map((found) => tell(what, found, text)));
  const body = text === '' ? {} : (JSON.parse(text) as { data?: unknown; errors?: Failure[] } | null);
  // names of services are also names of fields, so they are looked for outside `data` and `path` only; a scope is a client's own word
  const { data: _data, errors, ...rest } = body ?? {};
  const told = JSON.stringify([rest, (errors ?? []).map(({ message, extensions }) => [message, extensions])]).replace(/"scope":"\w+:\w+"/g, '');
  return [...inside, ...[...told.matchAll(SERVICE_NAME)].filter(isNews).slice(0, 1).map((found) => tell('a service', found, told))];
}

/** No answer tells what the system is made of. */
export const expectNoLeak = (answer: RawAnswer): void => expect(leaksIn(answer)).toEqual([]);
