import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, graphql, parse, type GraphQLSchema } from 'graphql';
import { SignJWT, exportJWK } from 'jose';
import { createTokenGate, type InternalClaims } from '@anjie/access';
import { startGateway, type Gateway } from '../src/app';
import { readGatewayEnv } from '../src/env';
import { createLog, type Logger } from '../src/log';
import { createPortalKeeper, type PortalKeeper } from './portal-keeper';

export const ISSUER = 'https://id.example.test';
export const OFFICIAL = '0f4a8a5e-2f1e-4c8c-9a53-0d8c2b1f6a10';

const CASES_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  enum Kind { LETTER VISIT }
  input CaseFilter { kind: Kind }
  type Query {
    case(id: ID!): Case
    cases(first: Int, filter: CaseFilter): CaseConnection!
    leaks: String
    missing: String
    whoami: String
    over: String
    slow: String
    sleepy(seconds: Int!): Case
  }
  type Mutation { touch: String }
  type CaseConnection { nodes: [Case!]! }
  type Case @key(fields: "id") { id: ID! title: String kind: Kind referrals(first: Int): CaseConnection! related: [Case!]! nap(seconds: Int!): String }
`;
const OFFICIALS_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Case @key(fields: "id") { id: ID! sponsor: Official asleep(seconds: Int!): Case }
  type Official @key(fields: "id") { id: ID! name: String }
`;

const aCase = (id: string) => ({ id, title: `case ${id}`, kind: 'LETTER', referrals: () => ({ nodes: [] }), related: () => [] });

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000).unref());

const casesRoot = {
  sleepy: ({ seconds }: { seconds: number }) => sleep(seconds).then(() => aCase('1')),
  case: ({ id }: { id: string }) => aCase(id),
  cases: ({ first }: { first?: number }) => ({ nodes: Array.from({ length: Math.min(first ?? 2, 100) }, (_, index) => aCase(String(index))) }),
  leaks: () => {
    throw new GraphQLError("ER_BAD_FIELD_ERROR: SELECT id_number FROM petitioners WHERE id='42'", {
      extensions: { code: 'ER_BAD_FIELD_ERROR', serviceName: 'cases', stacktrace: ['at /srv/cases/src/x.ts:1'], sql: 'SELECT 1' },
    });
  },
  missing: () => {
    throw new GraphQLError('hidden words', { extensions: { code: 'NOT_FOUND', detail: { field: 'id' }, secret: 'x' } });
  },
  over: () => {
    throw new GraphQLError('the session is over', { extensions: { code: 'UNAUTHENTICATED' } });
  },
  whoami: (_args: unknown, claims: InternalClaims) => JSON.stringify(claims.viewer),
  slow: () => new Promise((resolve) => setTimeout(() => resolve('done'), 400)),
  touch: () => 'touched',
};

export interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly claims: InternalClaims | undefined;
}

export interface Subgraph {
  readonly url: string;
  readonly seen: Seen[];
  stop(): Promise<void>;
}

/** Like a real subgraph it answers nothing without a token that fits the body. */
async function startSubgraph(name: string, schema: GraphQLSchema, { spki, portal }: { spki: string; portal?: PortalKeeper }): Promise<Subgraph> {
  const seen: Seen[] = [];
  const gate = createTokenGate(name, { gateway: spki });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/livez') return void response.end('ok');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const claims = gate(String(request.headers['x-internal-auth']), createHash('sha256').update(body).digest('base64url'));
    if (claims && portal?.owns(request.url ?? '')) return portal.answer(request, response, { body, claims });
    seen.push({ path: request.url ?? '', headers: request.headers, body, claims });
    if (!claims) return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"code":"UNAUTHENTICATED"}}');
    if (request.url !== '/graphql') return answerFile(request, response, body);
    const { query, variables, operationName } = JSON.parse(body.toString());
    const result = await graphql({ schema, source: query, variableValues: variables, operationName, rootValue: casesRoot, contextValue: claims });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const stop = () => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${address.port}`, seen, stop };
}

/** More than the buffers between a subgraph and a client who reads nothing hold. */
const LARGE = 20 * 1024 * 1024;

/** The file half of the cases service, as far as the gateway can tell. */
function answerFile(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const json = { 'content-type': 'application/json' };
  if (request.method === 'PUT') {
    if (request.url?.includes('name=refused')) return void response.writeHead(415, json).end('{"error":{"code":"UNSUPPORTED_MEDIA_TYPE","message":"sniffed by cases"}}');
    return void response.writeHead(200, json).end(JSON.stringify({ id: OFFICIAL, sha256: createHash('sha256').update(body).digest('hex'), size: body.length }));
  }
  if (request.url?.startsWith('/internal/downloads/used')) return void response.writeHead(404, json).end('{"error":{"code":"NOT_FOUND"}}');
  if (request.url?.startsWith('/internal/downloads/large')) return void response.writeHead(200).end(Buffer.alloc(LARGE));
  const disposition = request.url?.includes('inline') ? 'inline' : "attachment; filename*=UTF-8''x.xlsx";
  response.writeHead(200, { 'content-type': 'text/html', 'content-disposition': disposition, 'x-powered-by': 'cases' }).end('file bytes');
}

export interface House {
  readonly base: string;
  readonly gateway: Gateway;
  readonly cases: Subgraph;
  readonly officials: Subgraph;
  readonly portal: PortalKeeper;
  readonly uploadDir: string;
  readonly keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  token(claims?: Record<string, unknown>, change?: (jwt: SignJWT) => SignJWT): Promise<string>;
  ask(query: string, options?: AskOptions): Promise<Answer>;
  stop(): Promise<void>;
}
export interface AskOptions {
  /** Instead of the text. */
  readonly documentId?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly data: Record<string, never> | null | undefined;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string; detail?: Record<string, unknown> } }[] | undefined;
}

const composed = (cases: string, officials: string): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'cases', url: cases, typeDefs: parse(CASES_SDL) },
    { name: 'officials', url: officials, typeDefs: parse(OFFICIALS_SDL) },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};

/** A gateway in front of two tiny subgraphs, all in this process. */
export async function openHouse(env: Record<string, string> = {}, { log = createLog('silent'), portal: prepared }: { log?: Logger; portal?: PortalKeeper } = {}): Promise<House> {
  const dir = mkdtempSync(join(tmpdir(), 'anjie-gateway-'));
  const internal = generateKeyPairSync('ed25519');
  const spki = internal.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const portal = prepared ?? createPortalKeeper();
  const cases = await startSubgraph('cases', buildSubgraphSchema([{ typeDefs: parse(CASES_SDL), resolvers: caseResolvers }]), { spki });
  const officials = await startSubgraph('officials', buildSubgraphSchema([{ typeDefs: parse(OFFICIALS_SDL), resolvers: officialResolvers }]), { spki, portal });
  const keys = generateKeyPairSync('ed25519');
  const write = (name: string, text: string) => (writeFileSync(join(dir, name), text), join(dir, name));
  const uploadDir = join(dir, 'uploads');
  const gateway = await startGateway(
    readGatewayEnv({
      ANJIE_MODE: 'TEST', ANJIE_PORT: '0', ANJIE_JWT_ISSUER: ISSUER, APOLLO_TELEMETRY_DISABLED: '1', ANJIE_UPLOAD_DIR: uploadDir,
      ANJIE_SUPERGRAPH_FILE: write('supergraph.graphql', composed(cases.url, 'http://127.0.0.1:1')),
      ANJIE_SUBGRAPH_URLS: `officials=${officials.url}`,
      ANJIE_INTERNAL_PRIVATE_KEY_FILE: write('key', internal.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')),
      ANJIE_JWKS_FILE: write('jwks.json', JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'EdDSA' }] })),
      ...env,
    }),
    log,
  );
  const base = `http://127.0.0.1:${gateway.port}`;
  const token: House['token'] = (claims = {}, change = (jwt) => jwt) =>
    change(new SignJWT({ roles: ['UNIT_HANDLER'], ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setSubject(OFFICIAL).setIssuer(ISSUER).setAudience('anjie').setIssuedAt().setExpirationTime('5m')).sign(keys.privateKey);
  const usual = await token();
  return {
    base, gateway, cases, officials, portal, uploadDir, keys, token,
    ask: (query, options = {}) => ask(base, { query, ...options, token: options.token ?? usual }),
    stop: async () => void (await Promise.all([gateway.close(), cases.stop(), officials.stop()])),
  };
}

const caseResolvers = {
  Case: {
    __resolveReference: ({ id }: { id: string }) => aCase(id),
    nap: (_case: unknown, { seconds }: { seconds: number }) => sleep(seconds).then(() => 'rested'),
  },
};
const officialResolvers = {
  Case: {
    asleep: ({ id }: { id: string }, { seconds }: { seconds: number }) => sleep(seconds).then(() => ({ id })),
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    sponsor: ({ id }: { id: string }) => ({ id: `o${id}`, name: `official of ${id}` }),
  },
};

async function ask(base: string, { query, documentId, variables, operationName, token, headers }: AskOptions & { query: string }): Promise<Answer> {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body: JSON.stringify({ ...(documentId === undefined ? { query } : { documentId }), variables, operationName }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, ...(JSON.parse(text) as Pick<Answer, 'data' | 'errors'>) };
}
