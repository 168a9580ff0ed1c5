import { ERROR_CODES } from '@anjie/contracts';
import type { Reply } from './wire';

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly error?: { readonly code?: string };
}
export const bodyOf = ({ text }: Reply): Body => {
  try {
    return (JSON.parse(text) ?? {}) as Body;
  } catch {
    return {};
  }
};

/** Codes of a machine that has too much to do: they say nothing of a right. */
export const BUSY = /^(TIMEOUT|SERVICE_UNAVAILABLE|REQUEST_IN_FLIGHT)$/;
export const isBusy = (reply: Reply): boolean => bodyOf(reply).errors?.some(({ extensions }) => BUSY.test(extensions?.code ?? '')) ?? false;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nothing of anybody: null, a page or a list without a row, a count of none. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  if (!isRecord(value)) return false;
  const told = Object.entries(value).filter(([key]) => key !== '__typename' && key !== 'pageInfo');
  // a type alone is something: it is there
  return told.length > 0 && told.every(([, part]) => isNothing(part));
}

/** In words what a client got: codes of the table, `nothing`, `refused …`, or what was answered. */
export function outcomeOf(reply: Reply): string {
  const { data, errors, error } = bodyOf(reply);
  const codes = [...new Set([...(errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code'), ...(error ? [error.code ?? 'no code'] : [])])];
  const told = Object.values(data ?? {}).filter((value) => !isNothing(value)).map(wordsOf);
  if (codes.length === 0) return data ? (told.length === 0 ? 'nothing' : [...new Set(told)].join(' + ')) : `${reply.status} ${reply.text.slice(0, 200)}`;
  return [codes.map((code) => codeWords(code, reply.status, data !== undefined)).join(), ...told].join(' + ');
}

/** A code that is not of the table, or came with another status than its own, is told as such. */
function codeWords(code: string, status: number, hasData: boolean): string {
  if (!Object.hasOwn(ERROR_CODES, code)) return `${code}, which is no code`;
  const wanted = ERROR_CODES[code as keyof typeof ERROR_CODES].status;
  return hasData || wanted === status ? code : `${code} with status ${status}`;
}

function wordsOf(value: unknown): string {
  if (isRecord(value) && typeof value['code'] === 'string' && String(value['__typename']).endsWith('Refusal')) return `refused ${value['code']}`;
  return `answered ${JSON.stringify(value).slice(0, 200)}`;
}
