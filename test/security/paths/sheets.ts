import { breadthOf, type Graph } from './hops';
import { aliasesOf, documentOf, operationOf, plant, tokensOf, variablesIn, type Branch, type Probe } from './documents';
import type { Samples } from './samples';

/** Below the gateway's limits, whatever document they are derived from. */
const CAPS = { tokens: 1_300, roots: 10, aliases: 28, breadth: 1_200, probes: 100 } as const;

/** Probes that are asked in one request: the same text for everybody who asks, so that the gateway plans it once. */
export interface Sheet {
  readonly probes: readonly Probe[];
  readonly branches: readonly Branch[];
  readonly query: string;
  readonly variables: readonly string[];
}

export interface Sheets {
  /** The same list of probes is the same sheets again, whoever asks. */
  of(probes: readonly Probe[]): readonly Sheet[];
  halvesOf(sheet: Sheet): readonly Sheet[];
}

export function createSheets({ graph, samples }: { readonly graph: Graph; readonly samples: Samples }): Sheets {
  const made = new WeakMap<readonly Probe[], readonly Sheet[]>();
  const halves = new WeakMap<Sheet, readonly Sheet[]>();
  const sheetOf = (probes: readonly Probe[]): Sheet => {
    const branches = plant(probes, samples.argumentsOf);
    const text = documentOf(graph, branches);
    return { probes, branches, query: operationOf(text, samples.typeOf), variables: variablesIn(text) };
  };
  return {
    of(probes) {
      const sheets = made.get(probes) ?? batched(graph, probes, samples).map(sheetOf);
      made.set(probes, sheets);
      return sheets;
    },
    halvesOf(sheet) {
      const half = sheet.probes.length >> 1;
      const two = halves.get(sheet) ?? [sheet.probes.slice(0, half), sheet.probes.slice(half)].map(sheetOf);
      halves.set(sheet, two);
      return two;
    },
  };
}

/** As many probes in a document as fit; neighbours share their beginning, so that a document is a tree and not a bundle. */
function batched(graph: Graph, probes: readonly Probe[], samples: Samples): Probe[][] {
  const batches: Probe[][] = [];
  let batch: Probe[] = [];
  for (const probe of probes) {
    const wider = [...batch, probe];
    if (batch.length > 0 && !fits(graph, wider, samples)) {
      batches.push(batch);
      batch = [probe];
    } else batch = wider;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function fits(graph: Graph, probes: readonly Probe[], { argumentsOf, typeOf }: Samples): boolean {
  const branches = plant(probes, argumentsOf);
  const breadth = probes.reduce((sum, { path }) => sum + breadthOf(path), 0);
  if (new Set(probes.map(({ path }) => graph.doorOf(path))).size > 1 || probes.length > CAPS.probes || branches.length > CAPS.roots || breadth > CAPS.breadth) return false;
  const text = operationOf(documentOf(graph, branches), typeOf);
  return aliasesOf(text) <= CAPS.aliases && tokensOf(text) <= CAPS.tokens;
}
