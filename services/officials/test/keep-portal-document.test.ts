import { createHash } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { admin, key, openOfficials, type Officials } from './fixture';
import { aClient, manage } from './portal';

let officials: Officials;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(() => officials.truncate());
afterAll(() => officials.close());

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const id = (text: string): string => `sha256:${hash(text)}`;
const PAGE = 'query Page($n: Int) { cases(first: $n) { nodes { id } } }';
const ME = '{ me { id name } }';
const documentsOf = async (clientId: string) =>
  (await officials.client.query<{ portalClient: { documents: { totalCount: number; nodes: { documentId: string; text: string; fault: string | null }[] }; strays: { nodes: { documentId: string; uses: number }[]; totalCount: number } } }>(
    admin, 'query ($id: ID!) { portalClient(id: $id) { documents { totalCount nodes { documentId text fault } } strays { totalCount nodes { documentId uses firstSeenOn lastSeenOn } } } }', { id: clientId },
  )).portalClient;

test('documents are registered by the hash of their text, once; gateways read hash and text', async () => {
  const client = await aClient(officials);
  const first = await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [PAGE, ME, ME] });
  expect(first).toMatchObject({ documentIds: [id(PAGE), id(ME), id(ME)], changed: 2 });
  expect(await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [ME] })).toMatchObject({ changed: 0 });
  const { documents } = await documentsOf(client.id);
  expect(new Map(documents.nodes.map((one) => [one.documentId, one.text]))).toEqual(new Map([[id(PAGE), PAGE], [id(ME), ME]]));
  const { clients } = await officials.services.portalRegister.read(null);
  expect(clients?.[0]?.documents.map((one) => one.sha256).sort()).toEqual([hash(PAGE), hash(ME)].sort());
  expect(await officials.services.portalRegister.texts([hash(ME), hash('other')])).toEqual([{ sha256: hash(ME), text: ME }]);
});

test('withdrawn documents are gone from the list, and the stamp says so', async () => {
  const client = await aClient(officials);
  await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [PAGE, ME] });
  const before = await officials.services.portalRegister.read(null);
  expect(await manage(officials, 'withdrawPortalDocuments', { clientId: client.id, documentIds: [id(ME), id('never')] })).toMatchObject({ changed: 1 });
  const after = await officials.services.portalRegister.read(before.stamp);
  expect(after.clients?.[0]?.documents.map((one) => one.sha256)).toEqual([hash(PAGE)]);
  for (const documentIds of [[], ['x'], [hash(ME)], [id(PAGE), 'sha256:zz']]) expect(await manage(officials, 'withdrawPortalDocuments', { clientId: client.id, documentIds })).toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['no GraphQL', '{ me {', 'DOCUMENT_NOT_FIT', 'Syntax Error'],
  ['a fragment alone', 'fragment F on Case { id }', 'DOCUMENT_NOT_FIT', 'no operation'],
  ['a schema', 'type Query { a: Int }', 'DOCUMENT_NOT_FIT', 'schema'],
  ['nothing', '', 'DOCUMENT_NOT_FIT', 'Syntax Error'],
  ['half a character', '{ me(a: "\ud800") }', 'DOCUMENT_NOT_FIT', 'Unicode'],
  ['100 kB', `{ me { id } } #${'x'.repeat(100_000)}`, 'DOCUMENT_NOT_FIT', 'bytes'],
  ['a bomb of tokens', `{ ${'a '.repeat(30_000)} }`, 'DOCUMENT_NOT_FIT', 'token'],
])('%s is refused and nothing of the request is kept', async (_what, text, code, words) => {
  const client = await aClient(officials);
  expect(await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [ME, text] })).toMatchObject({ code, message: expect.stringMatching(new RegExp(`^Document 2 .*${words}`)) as string });
  expect((await documentsOf(client.id)).documents.totalCount).toBe(0);
});

test('a client has no more documents than a gateway should keep', async () => {
  const client = await aClient(officials);
  const many = (from: number, count: number) => Array.from({ length: count }, (_none, n) => `{ me { id } } #${from + n}`);
  for (let n = 0; n < 5; n += 1) expect(await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: many(n * 100, 100) })).toMatchObject({ changed: 100 });
  expect(await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: many(500, 1) })).toMatchObject({ code: 'TOO_MANY_DOCUMENTS' });
  expect(await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: many(0, 101) })).toMatchObject({ code: 'TOO_MANY_DOCUMENTS' });
  expect((await documentsOf(client.id)).documents.totalCount).toBe(500);
});

test('what gateways report: days of use, strays by hash and count, faults; a registered stray is one no longer', async () => {
  const client = await aClient(officials);
  await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [PAGE] });
  const report = officials.services.portalRegister.report;
  await report({ keyIds: [client.keyId, key()], strays: [{ clientId: client.id, sha256: hash(ME), uses: 3 }], faults: [{ clientId: client.id, sha256: hash(PAGE), fault: 'it needs the scope cases:read' }] });
  await report({ keyIds: [], strays: [{ clientId: client.id, sha256: hash(ME), uses: 2 }, { clientId: key(), sha256: hash(ME), uses: 1 }], faults: [] });
  const told = await documentsOf(client.id);
  expect(told.documents.nodes).toEqual([{ documentId: id(PAGE), text: PAGE, fault: 'it needs the scope cases:read' }]);
  expect(told.strays.nodes).toMatchObject([{ documentId: id(ME), uses: 5 }]);
  expect(await select(officials.db.manager, 'SELECT client_id FROM portal_strays')).toHaveLength(1);
  const used = await select<{ day: string | null }>(officials.db.manager, 'SELECT last_used_on AS day FROM portal_keys WHERE id = ?', [client.keyId]);
  expect(used[0]?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
  await report({ keyIds: [], strays: [], faults: [{ clientId: client.id, sha256: hash(PAGE), fault: null }] });
  await manage(officials, 'registerPortalDocuments', { clientId: client.id, documents: [ME] });
  const after = await documentsOf(client.id);
  expect([after.documents.nodes.map(({ fault }) => fault), after.strays.totalCount]).toEqual([[null, null], 0]);
});

test('a client that never sends the same text twice fills no disk', async () => {
  const client = await aClient(officials);
  const strays = (from: number) => Array.from({ length: 1_000 }, (_none, n) => ({ clientId: client.id, sha256: hash(String(from + n)), uses: 1 }));
  await officials.services.portalRegister.report({ keyIds: [], strays: strays(0), faults: [] });
  await officials.services.portalRegister.report({ keyIds: [], strays: strays(900), faults: [] });
  expect((await documentsOf(client.id)).strays.totalCount).toBe(1_000);
  const [row] = await select<{ uses: string }>(officials.db.manager, 'SELECT uses FROM portal_strays WHERE sha256 = UNHEX(?)', [hash('950')]);
  expect(Number(row?.uses)).toBe(2);
});
