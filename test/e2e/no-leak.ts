import type { RawAnswer } from './own-system';

const INSIDES: readonly (readonly [string, RegExp])[] = [
  ['a stack', /"stack|\bat \/|\bat (async )?[\w.<>]+ \(|node_modules|\.[jt]s:\d+/i],
  ['SQL', /\b(SELECT|INSERT INTO|DELETE FROM|UPDATE|FROM)\s+`?\w+|\bER_[A-Z_]+|\berrno\b|sqlState|You have an error in your SQL/],
  ['a table', /case_scopes|case_parties|idempotency_keys|outbox_messages|inbox_messages|referral_receipts|unit_closure|audit_entries|business_clock/],
  ['an address', /127\.0\.0\.1|localhost|::1|ECONN|ENOENT|\.sock\b|mysql|mariadb|redis|bullmq|typeorm/i],
  ['a suggestion', /Did you mean/i],
  ['machinery', /serviceName|subgraph|_entities|_service|__resolveReference|valueCompletion/i],
];
const SERVICE_NAME = /\b(cases|officials|supervision|assistance)\b/i;

interface Failure {
  readonly message?: string;
  readonly extensions?: unknown;
}

/** No answer tells what the system is made of. Names of services are also names of fields, so they are looked for outside `data` and `path` only. */
export function expectNoLeak({ status, text }: RawAnswer): void {
  for (const [what, pattern] of INSIDES) expect({ status, what, found: pattern.exec(text)?.[0] ?? null, text: text.slice(0, 400) }).toMatchObject({ found: null });
  const body = text === '' ? {} : (JSON.parse(text) as { data?: unknown; errors?: Failure[] } | null);
  const { data: _data, errors, ...rest } = body ?? {};
  const told = JSON.stringify([rest, (errors ?? []).map(({ message, extensions }) => [message, extensions])]);
  expect({ status, found: SERVICE_NAME.exec(told)?.[0] ?? null, told: told.slice(0, 400) }).toMatchObject({ found: null });
}
