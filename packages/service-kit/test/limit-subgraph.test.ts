import { generateKeyPairSync } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { fetch } from 'undici';
import { createTokenGate, createTokenMint, type Viewer } from '@anjie/access';
import { createDatabase } from '../src/database';
import { createLog, type Closable } from '../src/runtime';
import { serveSubgraph, SUBGRAPH_LIMITS } from '../src/subgraph';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { top: Thing }
  type Thing @key(fields: "id") { id: ID! below: Thing }
`;
const viewer: Viewer = { kind: 'OFFICIAL', subject: 'somebody', unitId: null, divisionCode: null, roles: [], locale: 'en' };
let resolved = 0;
let server: Closable & { port: number };
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const mint = createTokenMint('gateway', privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));

beforeAll(async () => {
  const thing = (id: string) => ({ id, below: () => thing(id) });
  const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers: { Query: { top: () => ((resolved += 1), thing('top')) }, Thing: { __resolveReference: ({ id }: { id: string }) => ((resolved += 1), thing(id)) } } }]);
  server = await serveSubgraph({
    schema, contextFor: () => ({}), admit: async (viewer) => viewer, host: '127.0.0.1', port: 0, log: createLog('test', 'silent'),
    // never opened: only readyz would ask it
    db: createDatabase({ url: 'mysql://nobody@127.0.0.1:1', schema: 'none', tables: [], migrations: [] }),
    gate: createTokenGate('cases', { gateway: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }),
  });
});
afterAll(() => server.close());

/** As the gateway asks: a token for this body. */
async function ask(query: string, variables: object = {}): Promise<[number, string | undefined]> {
  const body = JSON.stringify({ query, variables });
  const token = mint({ audience: 'cases', viewer, requestId: 'request-0001', body });
  const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-internal-auth': token } });
  const answer = (await response.json()) as { data?: { _entities?: unknown[] }; error?: { code: string }; errors?: { extensions: { code: string } }[] };
  return [response.status, answer.error?.code ?? answer.errors?.[0]?.extensions.code ?? `data ${answer.data?._entities?.length ?? ''}`.trim()];
}

const ENTITIES = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Thing { below { id } } } }';
const things = (count: number) => Array.from({ length: count }, (_none, n) => ({ __typename: 'Thing', id: String(n) }));
const repeated = (count: number, text: string): string => Array.from({ length: count }, () => text).join(' ');
const refusedBeforeItRuns = async (query: string, variables?: object): Promise<void> => {
  const before = resolved;
  expect([await ask(query, variables), resolved - before]).toEqual([[400, 'QUERY_TOO_LARGE'], 0]);
};

test('as many entities as a plan may ask for are answered, one more is refused before anything runs', async () => {
  expect(await ask(ENTITIES, { representations: things(SUBGRAPH_LIMITS.representations) })).toEqual([200, `data ${SUBGRAPH_LIMITS.representations}`]);
  await refusedBeforeItRuns(ENTITIES, { representations: things(SUBGRAPH_LIMITS.representations + 1) });
});

test('entities that stand in the document count too', async () => {
  const inline = (count: number) => `{ _entities(representations: [${repeated(count, '{ __typename: "Thing", id: "1" }')}]) { ... on Thing { id } } }`;
  expect(await ask(inline(3))).toEqual([200, 'data 3']);
  await refusedBeforeItRuns(inline(SUBGRAPH_LIMITS.representations + 1));
});

test('depth, also through fragments, aliases and tokens', async () => {
  const deep = (levels: number): string => `{ top ${repeated(levels - 2, '{ below')} { id } ${repeated(levels - 2, '}')} }`;
  expect((await ask(deep(SUBGRAPH_LIMITS.depth)))[0]).toBe(200);
  await refusedBeforeItRuns(deep(SUBGRAPH_LIMITS.depth + 1));
  const spread = Array.from({ length: SUBGRAPH_LIMITS.depth }, (_none, n) => `fragment F${n} on Thing { below { ...F${n + 1} } }`).join(' ');
  await refusedBeforeItRuns(`{ top { ...F0 } } ${spread} fragment F${SUBGRAPH_LIMITS.depth} on Thing { id }`);
  await refusedBeforeItRuns(`{ top { ${Array.from({ length: SUBGRAPH_LIMITS.aliases + 1 }, (_none, n) => `a${n}: id`).join(' ')} } }`);
  await refusedBeforeItRuns(`{ top { ${repeated(SUBGRAPH_LIMITS.tokens, 'id')} } }`);
  expect(await ask('{ top { ...A } } fragment A on Thing { below { ...B } } fragment B on Thing { below { ...A } }')).toEqual([400, 'BAD_USER_INPUT']);
});
