import { generateKeyPairSync } from 'node:crypto';
import { createTokenGate, createTokenMint, type Viewer } from '@anjie/access';
import { FREE_DOCUMENT_PATH, PORTAL_DOCUMENTS_PATH, PORTAL_REGISTER_PATH, PORTAL_USES_PATH } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { createLog, type Closable } from '@anjie/service-kit/runtime';
import { serveRoutes } from '@anjie/service-kit/subgraph';
import { viewers } from '@anjie/testing';
import { portalRoutes } from '../src/portal-clients/portal-routes';
import { openOfficials, type Officials } from './fixture';
import { aClient } from './portal';

let officials: Officials;
let server: Closable & { port: number };
const pairs = Object.fromEntries(['gateway', 'cases'].map((name) => [name, generateKeyPairSync('ed25519')]));
const keyring = Object.fromEntries(Object.entries(pairs).map(([name, { publicKey }]) => [name, publicKey.export({ format: 'der', type: 'spki' }).toString('base64')]));
const gatewayItself: Viewer = viewers.service('gateway');
const person = viewers.handler('7f7c1e0a-6f0f-4e64-8f0e-6b0a3f1f2c11');
beforeAll(async () => {
  officials = await openOfficials();
  server = await serveRoutes(portalRoutes(createTokenGate('officials', keyring), officials.services.portalRegister), { host: '127.0.0.1', port: 0, log: createLog('test', 'silent') });
});
beforeEach(() => officials.truncate());
afterAll(async () => {
  await server.close();
  await officials.close();
});

interface Asking {
  readonly viewer?: Viewer;
  readonly issuer?: string;
  readonly audience?: string;
  readonly token?: string;
}
async function ask(path: string, asked: unknown, { viewer = gatewayItself, issuer = 'gateway', audience = 'officials', token }: Asking = {}): Promise<{ status: number; answer: Record<string, unknown> }> {
  const body = JSON.stringify(asked);
  const mint = createTokenMint(issuer, pairs[issuer]?.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') ?? '');
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'x-internal-auth': token ?? mint({ audience, viewer, requestId: 'request-0001', body }) },
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const HASH = 'a'.repeat(64);
const ASKED: Readonly<Record<string, unknown>> = {
  [PORTAL_REGISTER_PATH]: { stamp: null }, [PORTAL_DOCUMENTS_PATH]: { sha256: [HASH] }, [PORTAL_USES_PATH]: { keyIds: [], strays: [], faults: [] },
};

test('the gateway reads and reports in its own name', async () => {
  const { id } = await aClient(officials);
  const read = await ask(PORTAL_REGISTER_PATH, { stamp: null });
  expect([read.status, read.answer['clients']]).toEqual([200, [expect.objectContaining({ id })]]);
  for (const [path, asked] of Object.entries(ASKED)) expect([path, (await ask(path, asked)).status]).toEqual([path, 200]);
});

test('a free document is audited under the name of who sent it, with its hash and not its text', async () => {
  const { id } = await aClient(officials);
  expect((await ask(FREE_DOCUMENT_PATH, { clientId: id, sha256: HASH, operationName: 'Look' }, { viewer: person })).status).toBe(200);
  const rows = await select<{ actor: string; actor_kind: string; subject_id: string; request_id: string; detail: string }>(
    officials.db.manager, `SELECT actor, actor_kind, subject_id, request_id, detail FROM audit_entries WHERE action = 'portalClient.freeDocument'`,
  );
  expect(rows).toMatchObject([{ actor: person.subject, actor_kind: 'OFFICIAL', subject_id: id, request_id: 'request-0001' }]);
  expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ sha256: HASH, operationName: 'Look' });
});

test('nobody else is answered: no service, no person, no other audience, no token; and nobody is freed without a name', async () => {
  const refusals: string[] = [];
  for (const [path, asked] of Object.entries(ASKED)) {
    for (const wrong of [{ issuer: 'cases', viewer: viewers.service('cases') }, { issuer: 'cases' }, { viewer: person }, { viewer: viewers.admin() }, { audience: 'cases' }, { token: '' }, { token: 'x.y' }]) {
      const { status, answer } = await ask(path, asked, wrong);
      refusals.push(`${status} ${JSON.stringify(answer)}`);
    }
  }
  const free = { clientId: '0f4a8a5e-2f1e-4c8c-9a53-0d8c2b1f6a10', sha256: HASH, operationName: null };
  for (const wrong of [{}, { issuer: 'cases', viewer: person }]) refusals.push(`${(await ask(FREE_DOCUMENT_PATH, free, wrong)).status} ${JSON.stringify((await ask(FREE_DOCUMENT_PATH, free, wrong)).answer)}`);
  expect([...new Set(refusals)]).toEqual([expect.stringMatching(/^401 .*UNAUTHENTICATED/)]);
  expect(await select(officials.db.manager, 'SELECT id FROM audit_entries')).toEqual([]);
});

test.each([
  [PORTAL_REGISTER_PATH, {}], [PORTAL_REGISTER_PATH, { stamp: 'x' }], [PORTAL_DOCUMENTS_PATH, { sha256: [] }], [PORTAL_DOCUMENTS_PATH, { sha256: ["' OR 1=1"] }],
  [PORTAL_DOCUMENTS_PATH, { sha256: Array.from({ length: 101 }, () => HASH) }], [PORTAL_USES_PATH, { keyIds: [1], strays: [], faults: [] }], [PORTAL_USES_PATH, null],
])('%s with %j is refused', async (path, asked) => {
  expect(await ask(path, asked)).toMatchObject({ status: 400, answer: { error: { code: 'BAD_USER_INPUT' } } });
});
