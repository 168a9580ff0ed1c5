/** Counts that a run is judged by, one a line, beside jest's own words. */
export function tell(title: string, figures: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`\n  ${title}\n${Object.entries(figures).map(([name, value]) => `    ${name}: ${String(value)}`).join('\n')}\n`);
}
