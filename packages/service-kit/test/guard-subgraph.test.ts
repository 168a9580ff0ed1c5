import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { fetch } from 'undici';
import { createTokenGate, type InternalClaims, type Viewer } from '@anjie/access';
import { SERVICES, type ServiceName } from '@anjie/contracts';
import { openTestDatabase, silent, viewers } from '@anjie/testing';
import { kitMigrations, kitTables } from '../src/database';
import { STANDING_PATH } from '../src/sessions';
import { serveSubgraph, standingRoute } from '../src/subgraph';

const schema = new GraphQLSchema({ query: new GraphQLObjectType<unknown, InternalClaims>({ name: 'Query', fields: { whoami: { type: GraphQLString, resolve: (_root, _args, { viewer }) => viewer.subject } } }) });
const keys = { gateway: generateKeyPairSync('ed25519'), cases: generateKeyPairSync('ed25519'), officials: generateKeyPairSync('ed25519'), stranger: generateKeyPairSync('ed25519') };
const spki = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64');
const keyring = { gateway: spki(keys.gateway.publicKey), cases: spki(keys.cases.publicKey), officials: spki(keys.officials.publicKey) };

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const ports = new Map<ServiceName, number>();
const servers: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_guard', tables: kitTables, migrations: kitMigrations });
  for (const service of SERVICES) {
    const gate = createTokenGate(service, keyring);
    const server = await serveSubgraph({
      schema, contextFor: (claims) => claims, gate, admit: async (viewer: Viewer) => viewer, db: database.db, host: '127.0.0.1', port: 0, log: silent,
      routes: [standingRoute({ gate, db: database.db, service: 'officials' })],
    });
    servers.push(server);
    ports.set(service, server.port);
  }
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.close();
});

const BODY = '{"query":"{ whoami }"}';
const clerk = viewers.clerk(randomUUID());
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const hashOf = (body: string): string => createHash('sha256').update(body).digest('base64url');

/** A token as the gateway makes it, of our own hand, so that each part can be bent. */
function token(service: string, change: Record<string, unknown> = {}, key: KeyObject = keys.gateway.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = encode({ iss: 'gateway', aud: service, viewer: clerk, requestId: 'r', iat: now, exp: now + 30, jti: randomUUID(), bh: hashOf(BODY), ...change });
  return `${payload}.${sign(null, Buffer.from(payload), key).toString('base64url')}`;
}

async function send(service: ServiceName, auth: string | undefined, { body = BODY, path = '/graphql' }: { body?: string; path?: string } = {}) {
  const response = await fetch(`http://127.0.0.1:${ports.get(service)}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...(auth === undefined ? {} : { 'x-internal-auth': auth }) } });
  return { status: response.status, text: await response.text(), headers: [...response.headers.keys()].sort() };
}

const now = (): number => Math.floor(Date.now() / 1000);
const FORGED: readonly [string, (service: ServiceName) => string | undefined][] = [
  ['no token', () => undefined],
  ['an empty token', () => ''],
  ['garbage', () => 'abc.def'],
  ["a stranger's signature", (service) => token(service, {}, keys.stranger.privateKey)],
  ["another service's signature under the gateway's name", (service) => token(service, {}, keys.cases.privateKey)],
  ['a service that speaks for a person', (service) => token(service, { iss: 'cases' }, keys.cases.privateKey)],
  ['a service that speaks for another', (service) => token(service, { iss: 'cases', viewer: viewers.service('officials') }, keys.cases.privateKey)],
  ['an issuer that is a property of every object', (service) => token(service, { iss: '__proto__' })],
  ['another subgraph', (service) => token(SERVICES.find((one) => one !== service) ?? '')],
  ['a list of subgraphs', (service) => token(service, { aud: [service] })],
  ['another body', (service) => token(service, { bh: hashOf('{"query":"{ x }"}') })],
  ['expired by one second', (service) => token(service, { iat: now() - 31, exp: now() - 1 })],
  ['expiring this very second', (service) => token(service, { iat: now() - 30, exp: now() })],
  ['good for a minute', (service) => token(service, { exp: now() + 60 })],
  ['signed in the future', (service) => token(service, { iat: now() + 20, exp: now() + 40 })],
  ['a claim too many', (service) => token(service, { isAdmin: true })],
  ['a claim too few', (service) => token(service, { jti: undefined })],
  ['a role that there is not', (service) => token(service, { viewer: { ...clerk, roles: ['ROOT'] } })],
  ['a viewer with a property too many', (service) => token(service, { viewer: { ...clerk, posts: [] } })],
  ['a third segment', (service) => `${token(service)}.x`],
  ['an empty third segment', (service) => `${token(service)}.`],
  ['the header of a JWT in front', (service) => `${encode({ alg: 'none' })}.${token(service)}`],
  ['alg none as a JWT has it', (service) => `${encode({ alg: 'none' })}.${token(service).split('.')[0]}.`],
  ['no signature', (service) => `${token(service).split('.')[0]}.`],
  ['a signature cut short', (service) => token(service).slice(0, -3)],
  ['changed claims under the old signature', (service) => `${encode({ iss: 'gateway', aud: service, viewer: { ...clerk, roles: ['ADMIN'] }, requestId: 'r', iat: now(), exp: now() + 30, jti: randomUUID(), bh: hashOf(BODY) })}.${token(service).split('.')[1]}`],
];

describe.each(SERVICES)('the subgraph %s', (service) => {
  test('answers a good token: the positive control', async () => {
    expect(await send(service, token(service))).toMatchObject({ status: 200, text: `{"data":{"whoami":"${clerk.subject}"}}\n` });
  });

  test(`answers each of ${FORGED.length} forged tokens and a replay with one and the same 401`, async () => {
    const answers = new Map<string, Awaited<ReturnType<typeof send>>>();
    for (const [what, forge] of FORGED) answers.set(what, await send(service, forge(service)));
    const used = token(service);
    expect((await send(service, used)).status).toBe(200);
    answers.set('a replay', await send(service, used));
    answers.set('a replay with another body', await send(service, used, { body: '{"query":"{ whoami } "}' }));
    const same = answers.get('no token');
    expect(same).toMatchObject({ status: 401, text: '{"error":{"code":"UNAUTHENTICATED","message":"未登录或令牌无效。"}}' });
    for (const [what, answer] of answers) expect([what, answer]).toEqual([what, same]);
  });

  test.each(['/internal/messages', '/internal/known-messages', STANDING_PATH])('%s is for services, each for itself', async (path) => {
    const body = '{}';
    const of = (change: Record<string, unknown>, key = keys.cases.privateKey) => send(service, token(service, { bh: hashOf(body), ...change }, key), { body, path });
    const refused = [await of({}, keys.gateway.privateKey), await of({ iss: 'cases', viewer: viewers.service('officials') }), await of({ iss: 'cases' })];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect((await of({ iss: 'cases', viewer: viewers.service('cases') })).status).toBe(400);
  });
});

test('introspection, the schema text and a batch get nothing without a token either', async () => {
  for (const body of ['{"query":"{ __schema { types { name } } }"}', '{"query":"{ _service { sdl } }"}', '[]']) expect((await send('cases', undefined, { body })).status).toBe(401);
  expect((await send('cases', token('cases', { bh: hashOf('{"query":"{ __schema { types { name } } }"}') }), { body: '{"query":"{ __schema { types { name } } }"}' })).text).not.toContain('whoami');
});
