import { createHash } from 'node:crypto';
import { eventually } from '@anjie/testing';
import { request } from 'undici';
import { housingCase, startOwnSystem, units, type OwnSystem, type Person } from './own-system';
import { key } from './system';

/** Changed between starts of the gateway, which reads it at each. */
const env: NodeJS.ProcessEnv = {};
let system: OwnSystem;
jest.setTimeout(180_000);
beforeAll(async () => void (system = await startOwnSystem({ env })), 300_000);
afterAll(() => system.stop(), 60_000);

interface Spoken {
  readonly status: number;
  readonly code: string | undefined;
  readonly data: Record<string, unknown> | null | undefined;
}
interface Speaking {
  readonly as?: Person;
  readonly token?: string;
  readonly clientKey?: string;
  readonly body: object;
}
/** As a department's portal speaks: its key beside the token of who sits before it. */
async function speak({ as = 'housing', token = system.tokenOf(as), clientKey, body }: Speaking): Promise<Spoken> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(clientKey === undefined ? {} : { 'x-anjie-client-key': clientKey }) };
  const answer = await request(`${system.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { data, errors } = (await answer.body.json()) as { data?: Spoken['data']; errors?: { extensions: { code: string } }[] };
  return { status: answer.statusCode, code: errors?.[0]?.extensions.code, data };
}
const becomes = (what: string, speaking: Speaking, code: string | undefined): Promise<true> =>
  // while it starts nobody answers at all
  eventually(what, async () => (await speak(speaking).catch(() => ({ code: 'NOBODY' }))).code === code, 60_000) as Promise<true>;

const CLIENT = 'client { id version keys { id state lastUsedOn } documents(first: 5) { totalCount nodes { documentId fault } } strays(first: 5) { nodes { documentId uses } } }';
async function manage<Payload>(act: string, payload: string, input: object): Promise<Payload> {
  const type = `${act[0]?.toUpperCase()}${act.slice(1)}Input`;
  const answer = await system.query<Record<string, Payload>>('admin', `mutation ($input: ${type}!) { ${act}(input: $input) { ... on ${payload} ... on PortalClientRefusal { code message } } }`, { input: { idempotencyKey: key(), ...input } });
  return answer[act] as Payload;
}
interface Client {
  readonly id: string;
  readonly version: number;
  readonly keys: readonly { readonly id: string; readonly state: string; readonly lastUsedOn: string | null }[];
  readonly strays: { readonly nodes: readonly { readonly documentId: string; readonly uses: number }[] };
}
const client = async (id: string): Promise<Client> => (await system.query<{ portalClient: Client }>('admin', `query ($id: ID!) { portalClient(id: $id) { id version keys { id state lastUsedOn } strays(first: 5) { nodes { documentId uses } } } }`, { id })).portalClient;
const documentId = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const restart = async (name: string): Promise<void> => {
  const child = system.processOf(name);
  await child.stop();
  await system.stack.restart(name);
};

const LIST = 'query List($n: Int!) { cases(first: $n) { totalCount nodes { id number leadUnit { name } } } }';
const OTHER = '{ cases(first: 1) { nodes { title } } }';
const list = { query: LIST, variables: { n: 5 } };

test('a client is registered, works within its scopes and documents, and is shut out', async () => {
  const caseId = await housingCase(system);
  const made = await manage<{ client: Client; key: { id: string }; secret: string }>('registerPortalClient', `PortalKeyPayload { secret key { id } ${CLIENT} }`, {
    name: '住建局门户', unitId: units.housing.id, contactPost: '信息科', scopes: ['cases:read', 'officials:read'],
  });
  const [{ secret: clientKey }, { id }] = [made, made.client];
  expect(clientKey).toMatch(/^anjie_pck_[0-9A-Za-z]{49}$/);
  await becomes('the gateway knows the key', { clientKey, body: list }, undefined);
  expect((await speak({ clientKey, body: list })).data).toMatchObject({ cases: { totalCount: 1, nodes: [{ id: caseId, leadUnit: { name: units.housing.name } }] } });
  // a key proves no person, and another person sees what that person sees
  expect(await speak({ clientKey, token: 'a.b.c', body: list })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect((await speak({ as: 'civilAffairs', clientKey, body: list })).data).toMatchObject({ cases: { totalCount: 0 } });
  // outside its scopes nothing runs
  const plan = { query: 'mutation ($input: MakeResolutionPlanInput!) { makeResolutionPlan(input: $input) { __typename } }', variables: { input: { idempotencyKey: key(), caseId, measures: '核查后办理。', milestones: [] } } };
  expect(await speak({ clientKey, body: plan })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(await system.rows('SELECT id FROM cases.resolution_plans')).toEqual([]);
  expect(await speak({ clientKey, body: { query: '{ referrals(first: 1) { totalCount } }' } })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await speak({ body: { query: '{ referrals(first: 1) { totalCount } }' } })).toMatchObject({ status: 200, code: undefined });

  // what is not registered is counted, by hash
  await eventually('the strays are counted', async () => (await client(id)).strays.nodes.some((one) => one.documentId === documentId(LIST) && one.uses >= 2), 60_000);
  expect((await client(id)).keys).toMatchObject([{ state: 'ACTIVE', lastUsedOn: expect.stringMatching(/^\d{4}-/) as string }]);
  const listed = await manage<{ changed: number; client: Client }>('registerPortalDocuments', `PortalDocumentsPayload { changed ${CLIENT} }`, { clientId: id, documents: [LIST, '{ cases { noSuchField } }'] });
  expect(listed.changed).toBe(2);
  await manage('changePortalClient', `PortalClientPayload { ${CLIENT} }`, { clientId: id, expectedVersion: listed.client.version, documentsMode: 'ENFORCE' });
  await becomes('only registered documents go', { clientKey, body: { query: OTHER } }, 'PERSISTED_QUERY_REQUIRED');
  expect(await speak({ clientKey, body: list })).toMatchObject({ status: 200, code: undefined });
  const byId = await speak({ clientKey, body: { documentId: documentId(LIST), variables: { n: 5 } } });
  expect(byId.data).toMatchObject({ cases: { nodes: [{ id: caseId }] } });
  expect(await speak({ clientKey, body: { documentId: documentId(LIST), variables: { n: 1_000_000 } } })).toMatchObject({ code: 'QUERY_TOO_LARGE' });
  await eventually('the document that does not fit is told', async () =>
    (await system.rows<{ fault: string | null }>('SELECT fault FROM officials.portal_documents WHERE fault IS NOT NULL')).some(({ fault }) => fault?.includes('noSuchField')), 60_000);

  // break-glass, each use written down before it runs
  const freed = () => system.rows<{ actor: string; detail: string }>(`SELECT actor, detail FROM officials.audit_entries WHERE action = 'portalClient.freeDocument'`);
  const free = await system.tokenFor('housing', { roles: ['UNIT_HANDLER', 'FREE_QUERY'] });
  expect(await freed()).toEqual([]);
  expect(await speak({ token: free, clientKey, body: { query: OTHER } })).toMatchObject({ status: 200, code: undefined });
  expect(JSON.parse((await freed())[0]?.detail ?? '{}')).toEqual({ sha256: documentId(OTHER).slice('sha256:'.length), operationName: null });

  // where every request must name its client
  env['ANJIE_PORTAL_CLIENTS'] = 'REQUIRED';
  await restart('gateway');
  await system.ready();
  expect(await speak({ body: list })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect(await speak({ clientKey, body: list })).toMatchObject({ status: 200, code: undefined });
  await system.processOf('officials').stop();
  expect(await speak({ clientKey, body: { documentId: documentId(LIST), variables: { n: 1 } } })).toMatchObject({ status: 200, data: { cases: { totalCount: 1 } } });
  expect(await speak({ token: free, clientKey, body: { query: OTHER } })).toMatchObject({ status: 503 });
  await restart('gateway');
  await becomes('a gateway that knows nobody opens nothing', { clientKey, body: list }, 'SERVICE_UNAVAILABLE');
  expect(await speak({ clientKey, body: list })).toMatchObject({ status: 503, data: undefined });
  await system.stack.restart('officials');
  await becomes('it knows them again', { clientKey, body: list }, undefined);
  env['ANJIE_PORTAL_CLIENTS'] = 'OPTIONAL';
  await restart('gateway');
  await system.ready();
  await becomes('the key is known', { clientKey, body: list }, undefined);

  const revokedAt = Date.now();
  expect((await manage<{ client: Client }>('revokePortalKey', `PortalClientPayload { ${CLIENT} }`, { clientId: id, keyId: made.key.id })).client.keys).toMatchObject([{ state: 'REVOKED' }]);
  await becomes('the revoked key is refused', { clientKey, body: list }, 'UNAUTHENTICATED');
  const seconds = (Date.now() - revokedAt) / 1_000;
  console.log(`a revoked key was refused after ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(60);
  expect(await speak({ body: list })).toMatchObject({ status: 200 });
});
