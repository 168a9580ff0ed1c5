import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createTokenMint, type Viewer } from '@anjie/access';

/** What the process gets as its only argument, in JSON. */
export interface DocumentedGatewayPlan {
  readonly port: number;
  readonly supergraphFile: string;
  readonly privateKeyFile: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
}

/** The gateway as Apollo's documentation sets it up, in front of our subgraphs: the other side of the comparison. */
async function main(plan: DocumentedGatewayPlan): Promise<void> {
  const mint = createTokenMint('gateway', readFileSync(plan.privateKeyFile, 'utf8').trim());
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(plan.supergraphFile, 'utf8'),
    buildService: ({ name, url }) => withToken(new RemoteGraphQLDataSource({ url: graphqlUrl(plan.urls[name] ?? url ?? '') }), (body) =>
      mint({ audience: name, viewer: plan.viewer, requestId: 'bench', body })),
  });
  const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { host: '127.0.0.1', port: plan.port } });
  console.log(`@apollo/gateway answers at ${url}`);
}

const graphqlUrl = (origin: string): string => new URL('/graphql', origin).href;

/** Apollo's own fetcher; only the header is added without which our subgraphs do not answer. */
function withToken(source: RemoteGraphQLDataSource, tokenFor: (body: string) => string): RemoteGraphQLDataSource {
  const { fetcher } = source;
  source.fetcher = (url, init) => fetcher(url, { ...init, headers: { ...(init?.headers as Record<string, string>), 'x-internal-auth': tokenFor(String(init?.body)) } });
  return source;
}

main(JSON.parse(process.argv[2] ?? '{}') as DocumentedGatewayPlan).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
