import { AppError } from '@anjie/contracts';

/** Far above any input of the graph; what nests deeper is meant for a reader that recurses. */
const MAX_DEPTH = 40;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * JSON whose objects name no member twice: two readers of such a text may each take another one, and what was checked would not
 * be what runs. @throws AppError BAD_USER_INPUT
 */
export function parseStrict(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('BAD_USER_INPUT', { rule: 'a JSON body' });
  }
  refuseOddities(text);
  return value;
}

/** The text is known to be JSON, so that a bracket outside a string opens or closes. */
function refuseOddities(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      if (open.length > MAX_DEPTH) throw new AppError('BAD_USER_INPUT', { rule: 'not nested that deep' });
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') noteName(open.at(-1), last);
    else last = token;
  }
}

function noteName(names: Set<string> | undefined, written: string): void {
  // the same name can be spelt with and without escapes
  const name = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
  if (names?.has(name)) throw new AppError('BAD_USER_INPUT', { rule: 'no member twice' });
  names?.add(name);
}
