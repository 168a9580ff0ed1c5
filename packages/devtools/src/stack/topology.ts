import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Subgraph {
  readonly name: string;
  /** Where it answers in a deployment that sets nothing else. */
  readonly url: string;
  /** Folder of its SDL, from the root of the checkout. */
  readonly schema: string;
}

/** gateway/subgraphs.yaml is THE list; everything else derives from it. */
export const readTopology = (root: string): readonly Subgraph[] =>
  parse(readFileSync(join(root, 'gateway/subgraphs.yaml'), 'utf8')) as Subgraph[];
