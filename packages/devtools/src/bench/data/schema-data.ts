import type { Rows } from './case-facts';

/** Everything that goes into one schema. Statements run with that schema selected. */
export interface SchemaData {
  readonly schema: string;
  readonly directory: readonly Rows[];
  readonly once: readonly string[];
  /** Statements for a range of cases; each takes the first and the last position. */
  readonly perCases: readonly string[];
}
