import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The committed supergraph, read as text: what the API is called, without its library. */
const SDL = readFileSync(join(__dirname, '../../../gateway/supergraph.graphql'), 'utf8')
  .replace(/"""[\s\S]*?"""/g, '').replace(/^\s*"(?:[^"\\]|\\.)*"\s*$/gm, '').replace(/ @join__\w+(\((?:[^()"]|"[^"]*")*\))?/g, '').replace(/\n\s*\n+/g, '\n');

const fieldsOf = (type: string): string => new RegExp(`^type ${type}\\b[^{]*\\{([^}]*)\\}`, 'm').exec(SDL)?.[1] ?? '';
const membersOf = (union: string): string[] => [...(new RegExp(`^union ${union}\\s*=([^=]*?)\\n\\w`, 'm').exec(SDL)?.[1] ?? '').matchAll(/\w+/g)].map(([member]) => member);

export interface MutationWords {
  readonly name: string;
  readonly inputType: string;
  /** Members of the result's union. */
  readonly results: readonly string[];
}

/** Every mutation of the graph. */
export const MUTATIONS: ReadonlyMap<string, MutationWords> = new Map(
  [...fieldsOf('Mutation').matchAll(/^\s*(\w+)\(\s*input:\s*(\w+)!\s*\)\s*:\s*(\w+)!/gm)].map(([, name = '', inputType = '', result = '']) => {
    const members = membersOf(result);
    return [name, { name, inputType, results: members.length > 0 ? members : [result] }];
  }),
);

/** Every field of the query root, with its arguments as they are written. */
export const QUERIES: readonly string[] = [...fieldsOf('Query').matchAll(/^ {2}(\w+)[(:]/gm)].map(([, name = '']) => name);

/** One mutation of an input, that tells which refusal came of it and, of the payload, what is asked. */
export function mutationText(name: string, payload = ''): string {
  const words = MUTATIONS.get(name);
  if (!words) throw new Error(`the graph has no mutation ${name}`);
  const refusal = words.results.find((member) => member.endsWith('Refusal'));
  const success = words.results.find((member) => member !== refusal);
  return `mutation ($input: ${words.inputType}!) { r: ${name}(input: $input) { __typename ${refusal ? `... on ${refusal} { code }` : ''} ${payload && success ? `... on ${success} { ${payload} }` : ''} } }`;
}
