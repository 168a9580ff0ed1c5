import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse, Source, type DocumentNode, type GraphQLError } from 'graphql';
import { checkoutPaths } from '../local/index';
import { readTopology, type Subgraph } from '../stack/topology';

/** The SDL of a subgraph; every definition remembers its file, so that an error can name it. */
function sdlOf(root: string, subgraph: Subgraph): DocumentNode {
  const folder = join(root, subgraph.schema);
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort();
  const documents = files.map((file) => parse(new Source(readFileSync(join(folder, file), 'utf8'), `${subgraph.schema}/${file}`)));
  return { kind: 'Document', definitions: documents.flatMap((document) => document.definitions) } as DocumentNode;
}

/** Message and the places in all subgraphs that it speaks of. */
function explain(error: GraphQLError): string {
  const places = (error.nodes ?? []).flatMap(({ loc }) => (loc ? [`    ${loc.source.name}:${loc.startToken.line}`] : []));
  return [`  ${error.message}`, ...places].join('\n');
}

export function composeSupergraph(root: string): string {
  const services = readTopology(root).map((subgraph) => ({ name: subgraph.name, url: subgraph.url, typeDefs: sdlOf(root, subgraph) }));
  const result = composeServices(services);
  if (result.errors) throw new Error(`The subgraphs do not fit together:\n${result.errors.map(explain).join('\n')}`);
  return `# Composed from services/*/schema by \`npm run compose\`; never edited by hand.\n${result.supergraphSdl}\n`;
}

/** `npm run compose [-- --check]`: writes gateway/supergraph.graphql, or fails when it is not what the schemas say. */
export async function compose(args: string[]): Promise<number> {
  const { root } = checkoutPaths();
  const file = join(root, 'gateway/supergraph.graphql');
  const text = composeSupergraph(root);
  if (!args.includes('--check')) {
    writeFileSync(file, text);
    return 0;
  }
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 0;
  console.error('gateway/supergraph.graphql is not what services/*/schema say: run `npm run compose` and commit it.');
  return 1;
}
