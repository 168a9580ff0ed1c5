import { createHash } from 'node:crypto';
import { inParallel, type SecuritySystem } from '../world/security-system';
import type { Operation } from './operations';

/** Ids that guessed words stand for in this pass. */
export type Guesses = Readonly<Record<string, string>>;

export interface Answered {
  readonly text: string;
  readonly ms: number;
}

/** Asks all operations; what comes back stays as it came, byte for byte. */
export async function ask(system: SecuritySystem, operations: readonly Operation[], { guesses, name }: { guesses: Guesses; name: string }): Promise<Answered[]> {
  const fill = (text: string): string => Object.entries(guesses).reduce((filled, [word, id]) => filled.replaceAll(word, id), text);
  return inParallel(operations, async ({ who, query, variables = {} }, index) => {
    const body = fill(JSON.stringify({ query, variables })).replace('"KEY"', `"${name}-operation-${index}"`);
    const from = performance.now();
    const text = await system.askRaw(who, body);
    return { text: Object.entries(guesses).reduce((told, [word, id]) => told.replaceAll(id, word), text), ms: performance.now() - from };
  }, 4);
}

/** Does an answer hold anything but nothing? */
export function hasData(text: string): boolean {
  const { data } = JSON.parse(text.slice(text.indexOf(' ') + 1)) as { data?: unknown };
  const isSomething = (value: unknown, key = ''): boolean => {
    if (Array.isArray(value)) return value.some((one) => isSomething(one));
    if (typeof value === 'object' && value !== null) return Object.entries(value).some(([name, one]) => name !== 'pageInfo' && isSomething(one, name));
    return value !== null && value !== undefined && value !== 0 && value !== false && key !== '__typename' && key !== 'formula' && key !== 'asOf';
  };
  return isSomething(data);
}

export const digest = (answers: readonly Answered[]): string => createHash('sha256').update(answers.map(({ text }) => text).join('\n')).digest('hex');

export function quantiles(answers: readonly Answered[]): { readonly median: number; readonly p95: number } {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { median: at(0.5), p95: at(0.95) };
}
