import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A mechanism that a source document names (docs/catalogue.yaml). */
export interface Mechanism {
  readonly row: number;
  readonly seeds: string;
  readonly zh: string;
  readonly owner: string;
  /** Built in its permitted form only: which. */
  readonly limit?: string;
  /** Not built at all: why. */
  readonly out?: string;
}

export const readCatalogue = (root: string): Mechanism[] => (parse(readFileSync(join(root, 'docs/catalogue.yaml'), 'utf8')) as { rows: Mechanism[] }).rows;
