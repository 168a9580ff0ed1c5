import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Sizes of the data set; each gets a system of its own. */
  readonly cases: readonly number[];
  /** How long one measurement takes. */
  readonly seconds: number;
  readonly connections: number;
}

const LIMITS = { cases: [100, 1_000_000], seconds: [1, 120], connections: [1, 256] } as const;

/** `--cases 1000,20000 --seconds 10 --connections 32`. @throws Error that says which bounds hold */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { cases: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '10' }, connections: { type: 'string', default: '32' } },
  });
  return {
    cases: values.cases.split(',').map((text) => bounded('cases', text)),
    seconds: bounded('seconds', values.seconds),
    connections: bounded('connections', values.connections),
  };
}

function bounded(name: keyof typeof LIMITS, text: string): number {
  const [least, most] = LIMITS[name];
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new Error(`--${name}: use a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}
