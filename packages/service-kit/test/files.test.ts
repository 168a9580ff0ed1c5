import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokenGate, createTokenMint, type Viewer } from '@anjie/access';
import { openTestDatabase, schemaDrift, viewers } from '@anjie/testing';
import { kitMigrations, kitTables, select, write, type Actor } from '../src/database';
import { createDownloadLink, createFolderStorage, expireFiles, fileMigrations, fileRoutes, fileTables, visibleFile, type FileStorage } from '../src/files';
import { importMigrations, importTables } from '../src/imports';
import { createLog } from '../src/runtime';
import { serveRoutes } from '../src/subgraph';

const log = createLog('test', 'silent');
const clerk = viewers.clerk('11111111-1111-4111-8111-111111111111');
const gateway = viewers.service('gateway');
/** Whose session is over: subjects. */
const over = new Set<string>();
/** Who holds no post in the unit any more: subjects. */
const moved = new Set<string>();
const admit = async (viewer: Viewer): Promise<Viewer | undefined> =>
  over.has(viewer.subject) ? undefined : moved.has(viewer.subject) ? { ...viewer, unitId: null, divisionCode: null, roles: [] } : viewer;

function identity() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    spki: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    mint: (issuer: string) => createTokenMint(issuer, privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')),
  };
}

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let server: Awaited<ReturnType<typeof serveRoutes>>;
let storage: FileStorage;
let dir: string;
const keys = identity();
const mint = keys.mint('gateway');

beforeAll(async () => {
  database = await openTestDatabase({
    service: 'kit_files', tables: [...kitTables, ...fileTables, ...importTables], migrations: [...kitMigrations, ...fileMigrations, ...importMigrations],
  });
  dir = await mkdtemp(join(tmpdir(), 'anjie-files-'));
  storage = createFolderStorage(dir);
  const routes = fileRoutes({ db: database.db, gate: createTokenGate('cases', { gateway: keys.spki, officials: keys.spki }), admit, storage, log, allowedPurposes: ['LEDGER_IMPORT'] });
  server = await serveRoutes(routes, { host: '127.0.0.1', port: 0, log });
});
beforeEach(() => database.truncate());
afterAll(async () => {
  await server.close();
  await database.close();
  await rm(dir, { recursive: true, force: true });
});

const tokenFor = (viewer: Viewer, body: string | Uint8Array, from = mint) => from({ audience: 'cases', viewer, requestId: 'r-1', body });

interface Sending {
  readonly viewer?: Viewer;
  readonly signed?: Buffer;
  readonly query?: string;
}
async function send(body: Buffer, { viewer = clerk, signed = body, query = `purpose=LEDGER_IMPORT&name=${encodeURIComponent("台账 (1)'.xlsx")}` }: Sending = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}/internal/files?${query}`, {
    method: 'PUT', body: new Uint8Array(body), headers: { 'x-internal-auth': tokenFor(viewer, signed), 'content-type': 'application/pdf; x=1' },
  });
  return { status: response.status, body: (await response.json()) as { id: string; sha256: string; size: number; error?: { code: string } } };
}
const fetchLink = (token: string, viewer: Viewer = gateway) =>
  fetch(`http://127.0.0.1:${server.port}/internal/downloads/${token}`, { headers: { 'x-internal-auth': tokenFor(viewer, '') } });
const actor = (viewer: Viewer): Actor => ({ viewer, requestId: 'r-2' });
const linkTo = (fileId: string, viewer = clerk) => createDownloadLink(database.db.manager, { fileId, actor: actor(viewer), minutes: 5 });

async function storedContents(): Promise<string[]> {
  const all = await readdir(dir, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('the tables that TypeORM knows are the tables that the migrations make', async () => {
  expect(await schemaDrift(database.db)).toEqual([]);
});

test('a file that was sent is stored, audited, and seen by its owner only', async () => {
  const content = randomBytes(3_000_000);
  const { status, body } = await send(content, { query: 'purpose=LEDGER_IMPORT&name=a.xlsx&size=3000000' });
  expect(status).toBe(201);
  expect(body).toEqual({ id: body.id, size: 3_000_000, sha256: createHash('sha256').update(content).digest('hex') });
  const file = await visibleFile(database.db.manager, clerk, body.id);
  expect(file).toMatchObject({ name: 'a.xlsx', mediaType: 'application/pdf', size: 3_000_000, ownerUnitId: clerk.unitId });
  expect(await visibleFile(database.db.manager, viewers.clerk(clerk.unitId ?? ''), body.id)).toBeUndefined();
  const notes = await select<{ action: string; actor: string }>(database.db.manager, 'SELECT action, actor FROM audit_entries');
  expect(notes).toEqual([{ action: 'FILE_RECEIVED', actor: clerk.subject }]);
});

test('a token for another body is refused, and nothing stays', async () => {
  const before = await storedContents();
  const { status, body } = await send(Buffer.from('what arrived'), { signed: Buffer.from('what was signed') });
  expect([status, body.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
  expect(await storedContents()).toEqual(before);
  expect(await select(database.db.manager, 'SELECT id FROM files')).toEqual([]);
});

test('a file over 20 MiB is refused with 413, also when its size was not told', async () => {
  const limit = 20 * 1024 * 1024;
  const before = await storedContents();
  expect((await send(Buffer.alloc(limit + 1))).status).toBe(413);
  expect((await send(Buffer.from('x'), { query: `purpose=LEDGER_IMPORT&name=a&size=${limit + 1}` })).status).toBe(413);
  expect((await send(Buffer.alloc(limit))).status).toBe(201);
  expect(await storedContents()).toHaveLength(before.length + 1);
});

test.each([
  ['an empty file', Buffer.alloc(0), undefined],
  ['another size than told', Buffer.from('x'), 'purpose=LEDGER_IMPORT&name=a&size=2'],
  ['an unknown purpose', Buffer.from('x'), 'purpose=ANYTHING&name=a'],
  ['a path as a name', Buffer.from('x'), 'purpose=LEDGER_IMPORT&name=..%2Fa'],
  ['no name', Buffer.from('x'), 'purpose=LEDGER_IMPORT'],
])('%s is refused', async (_what, content, query) => {
  const { status, body } = await send(content, query === undefined ? {} : { query });
  expect([status, body.error?.code]).toEqual([400, 'BAD_USER_INPUT']);
});

test('a link gives the file once, with its name', async () => {
  const { body } = await send(Buffer.from('content'));
  const token = await linkTo(body.id);
  const answers = await Promise.all([fetchLink(token), fetchLink(token), fetchLink(token)]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404]);
  const good = answers.find((answer) => answer.status === 200);
  expect(await good?.text()).toBe('content');
  expect(good?.headers.get('cache-control')).toBe('no-store');
  expect(good?.headers.get('content-type')).toBe('application/pdf');
  expect(good?.headers.get('content-disposition')).toBe(`attachment; filename="__ (1)'.xlsx"; filename*=UTF-8''%E5%8F%B0%E8%B4%A6%20%281%29%27.xlsx`);
  const notes = await select<{ detail: string }>(database.db.manager, "SELECT detail FROM audit_entries WHERE action = 'FILE_DOWNLOADED'");
  expect(notes.map((note) => JSON.parse(note.detail))).toEqual([{ linkMadeBy: clerk.subject, purpose: 'LEDGER_IMPORT' }]);
});

test('used, expired and unknown links answer alike; the token is not in the database', async () => {
  const { body } = await send(Buffer.from('content'));
  const used = await linkTo(body.id);
  const [stored] = await select<{ hash: Buffer }>(database.db.manager, 'SELECT token_hash AS hash FROM download_links');
  expect(stored?.hash).toEqual(createHash('sha256').update(used).digest());
  await fetchLink(used);
  const expired = await linkTo(body.id);
  await write(database.db.manager, 'UPDATE download_links SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE used_at IS NULL');
  const texts = await Promise.all([used, expired, randomBytes(32).toString('base64url'), 'x'].map(async (token) => (await fetchLink(token)).text()));
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('NOT_FOUND');
});

test('only the gateway may use a link up, and only the owner may make one', async () => {
  const { body } = await send(Buffer.from('content'));
  const token = await linkTo(body.id);
  expect((await fetchLink(token, clerk)).status).toBe(401);
  expect((await fetchLink(token, viewers.service('officials'))).status).toBe(401);
  const imitated = tokenFor(gateway, '', keys.mint('officials'));
  expect((await fetch(`http://127.0.0.1:${server.port}/internal/downloads/${token}`, { headers: { 'x-internal-auth': imitated } })).status).toBe(401);
  expect((await fetchLink(token)).status).toBe(200);
  await expect(linkTo(body.id, viewers.clerk(clerk.unitId ?? ''))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a file past its time is gone at once, and its content with the sweep, also after a sweep that died half way', async () => {
  const first = (await send(Buffer.from('one'))).body.id;
  const second = (await send(Buffer.from('two'))).body.id;
  const kept = (await send(Buffer.from('three'))).body.id;
  const token = await linkTo(first);
  await write(database.db.manager, 'UPDATE files SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?', [first]);
  await write(database.db.manager, 'UPDATE files SET deleted_at = UTC_TIMESTAMP(3) WHERE id = ?', [second]);
  expect(await visibleFile(database.db.manager, clerk, first)).toBeUndefined();
  expect((await fetchLink(token)).status).toBe(404);
  expect(await expireFiles({ db: database.db, storage, log })).toBe(2);
  expect(await expireFiles({ db: database.db, storage, log })).toBe(0);
  await expect(storage.open(first)).rejects.toThrow('ENOENT');
  await expect(storage.open(second)).rejects.toThrow('ENOENT');
  (await storage.open(kept)).destroy();
});

test('whose session is over sends no file, and a link that was made in it gives nothing out', async () => {
  const { body } = await send(Buffer.from('x'));
  const [token, stored] = [await linkTo(body.id), await storedContents()];
  over.add(clerk.subject);
  const [sent, fetched] = [await send(Buffer.from('y')), await fetchLink(token)];
  over.delete(clerk.subject);
  expect([sent.status, sent.body.error?.code, fetched.status]).toEqual([403, 'FORBIDDEN', 404]);
  expect(await storedContents()).toEqual(stored);
  expect((await fetchLink(token)).status).toBe(200);
});

test('a link of whom nothing is known gives nothing out', async () => {
  const { body } = await send(Buffer.from('x'));
  const token = await linkTo(body.id);
  await write(database.db.manager, 'UPDATE download_links SET viewer = NULL');
  expect((await fetchLink(token)).status).toBe(404);
  expect(await select(database.db.manager, "SELECT id FROM audit_entries WHERE action = 'FILE_DOWNLOADED'")).toEqual([]);
});

test('a link does not outlive the post in which it was made', async () => {
  const { body } = await send(Buffer.from('x'));
  const token = await linkTo(body.id);
  moved.add(clerk.subject);
  const fetched = await fetchLink(token);
  moved.delete(clerk.subject);
  expect([fetched.status, (await fetchLink(token)).status]).toEqual([404, 200]);
});

test('a link whose owner cannot be asked does not stand in the log', async () => {
  const lines: string[] = [];
  const away = async (): Promise<never> => Promise.reject(new Error('the directory is away'));
  const routes = fileRoutes({ db: database.db, gate: createTokenGate('cases', { gateway: keys.spki }), admit: away, storage, log, allowedPurposes: ['LEDGER_IMPORT'] });
  const failing = await serveRoutes(routes, { host: '127.0.0.1', port: 0, log: createLog('test', 'info', { write: (line) => void lines.push(line) }) });
  const { body } = await send(Buffer.from('content'));
  const token = await linkTo(body.id);
  const { status } = await fetch(`http://127.0.0.1:${failing.port}/internal/downloads/${token}`, { headers: { 'x-internal-auth': tokenFor(gateway, '') } });
  await failing.close();
  expect(status).toBe(500);
  expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual(['/internal/downloads/']);
  expect(lines.join('')).not.toContain(token);
});
