import { types } from 'node:util';

/** What the log keeps of an error: what failed and where, never with which values. */
export interface LoggedError {
  readonly type: string;
  readonly message?: string;
  readonly code?: string | number;
  readonly errno?: string | number;
  readonly sqlState?: string | number;
  /** The frames alone: the head of a stack is the message once more. */
  readonly stack?: string;
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

const MAX_DEPTH = 4;
const MAX_ERRORS = 5;
const MAX_MESSAGE = 500;

/**
 * Only what is named here is taken over: a failed statement carries its text and its parameters (titles, reasons, who is accused), and
 * so may whatever else a library hangs on an error.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!isError(error)) return { type: typeof error };
  const part = (name: string): unknown => Reflect.get(error, name);
  const kept = ['code', 'errno', 'sqlState'].map((name) => [name, part(name)] as const).filter(([, value]) => isWord(value));
  const [cause, errors] = depth < MAX_DEPTH ? [part('cause'), part('errors')] : [];
  return {
    type: isWord(error.name) ? error.name : 'Error',
    message: withoutValues(String(error.message)),
    ...Object.fromEntries(kept),
    stack: frames(error),
    ...(isError(cause) ? { cause: loggedError(cause, depth + 1) } : {}),
    ...(Array.isArray(errors) ? { errors: errors.slice(0, MAX_ERRORS).map((one) => loggedError(one, depth + 1)) } : {}),
  };
}

/** An error of node itself is none of this realm's where tests run. */
const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);
const isWord = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,60}$/.test(value));

/** Names of ours at the ends of MariaDB's and V8's sentences; values stand between them. */
const NAME_AT_START = /^(?:Unknown column|Column|Field|Table) '[\w.$]+'/;
const NAME_AT_END = / (?:(?:for|in) (?:key|column|table) ['`][\w.`]+['`](?: at row \d+)?|\(reading '[A-Za-z_]+'\))$/;

/** Cuts from the first quotation mark to the last: MariaDB repeats values as they are, marks within them too. */
export function withoutValues(message: string): string {
  const [end = ''] = NAME_AT_END.exec(message) ?? [];
  const [start = ''] = NAME_AT_START.exec(message) ?? [];
  const middle = message.slice(start.length, message.length - end.length);
  // not the apostrophe of "doesn't"
  const quoted = /(?<!\w)['"`][\s\S]*['"`](?!\w)|(?<!\w)['"`][\s\S]*/u;
  return `${start}${middle.replace(quoted, '…')}${end}`.slice(0, MAX_MESSAGE);
}

function frames({ stack = '', message }: Error): string {
  const at = stack.indexOf(message);
  return stack.slice(at < 0 ? 0 : at + message.length).split('\n').filter((line) => /^ +at /.test(line)).join('\n');
}
