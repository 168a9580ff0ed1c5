/** What a promise came to on a system: the test wants nothing broken, the test of a mutant wants something broken. */
export interface Verdict {
  readonly promise: string;
  readonly figures: Readonly<Record<string, number | string>>;
  /** One sentence for each number that is not what was promised. */
  readonly broken: readonly string[];
}

/** Collects figures, and a sentence for each that is not as promised. */
export function judge(promise: string) {
  const figures: Record<string, number | string> = {};
  const broken: string[] = [];
  const want = (isKept: boolean, name: string, wanted: string): void => {
    if (!isKept) broken.push(`${name}: ${figures[name]}, promised ${wanted}`);
  };
  return {
    note: (name: string, value: number | string): void => void (figures[name] = value),
    equal(name: string, value: number | string, wanted: number | string): void {
      figures[name] = value;
      want(value === wanted, name, String(wanted));
    },
    atMost(name: string, value: number, limit: number): void {
      figures[name] = value;
      want(value <= limit, name, `at most ${limit}`);
    },
    atLeast(name: string, value: number, limit: number): void {
      figures[name] = value;
      want(value >= limit, name, `at least ${limit}`);
    },
    complain: (sentence: string): void => void broken.push(sentence),
    verdict: (): Verdict => ({ promise, figures, broken }),
  };
}
export type Judge = ReturnType<typeof judge>;

export function tell({ promise, figures, broken }: Verdict): void {
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ');
  console.log(`${promise}: ${broken.length === 0 ? 'kept' : `BROKEN (${broken.join('; ')})`} | ${shown}`);
}
