import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ContentMissing, createS3Storage, createSealedStorage, openFileStorage, PART_BYTES, s3SettingsOf, StorageUnavailable, unusableStorage, type StorageEnv } from '../src/files';
import { addressOf } from '../src/files/s3-client';
import { startObjectStorage } from './object-storage';
import { openVaultWorld } from './vault-world';

const MIB = 1024 * 1024;
const account = { bucket: 'papers', accessKeyId: 'anjie-test', secretAccessKey: 'a secret/of+the test', region: 'cn-north-1' };
let server: Awaited<ReturnType<typeof startObjectStorage>>;
beforeEach(async () => (server = await startObjectStorage(account)));
afterEach(() => server.close());

const open = (part: Partial<typeof account> & { prefix?: string } = {}) => createS3Storage({ endpoint: server.endpoint, prefix: 'anjie/cases/', isPathStyle: true, ...account, ...part });
const inPieces = (content: Buffer, size = 64 * 1024): Readable =>
  Readable.from((function* () { for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size); })(), { objectMode: false });
const read = async (stream: Readable): Promise<Buffer> => Buffer.concat((await stream.toArray()) as Buffer[]);
const nothingStays = () => expect([server.objects.size, server.uploads.size]).toEqual([0, 0]);

test.each([
  ['one byte', 1, ['PUT']],
  ['one byte less than a part', PART_BYTES - 1, ['PUT']],
  ['exactly a part', PART_BYTES, ['POST uploads', 'PUT partNumber,uploadId', 'POST uploadId']],
  ['a part and a byte', PART_BYTES + 1, ['POST uploads', 'PUT partNumber,uploadId', 'PUT partNumber,uploadId', 'POST uploadId']],
  ['20 MiB', 20 * MIB, ['POST uploads', ...Array.from({ length: 4 }, () => 'PUT partNumber,uploadId'), 'POST uploadId']],
])('%s comes back as it went, under the prefix and its id', async (_what, size, requests) => {
  const [storage, key, content] = [open(), randomUUID(), randomBytes(size)];
  await storage.put(key, inPieces(content));
  expect([...server.objects.keys()]).toEqual([`anjie/cases/${key}`]);
  expect(server.uploads.size).toBe(0);
  expect(server.seen).toEqual(requests);
  expect((await read(await storage.open(key))).equals(content)).toBe(true);
});

test('an existing key is replaced; removing twice is no error; what is missing is an error', async () => {
  const [storage, key] = [open(), randomUUID()];
  await storage.put(key, inPieces(Buffer.from('first')));
  await storage.put(key, inPieces(Buffer.from('second')));
  expect((await read(await storage.open(key))).toString()).toBe('second');
  await storage.remove(key);
  await storage.remove(key);
  await expect(storage.open(key)).rejects.toThrow(ContentMissing);
  await expect(storage.open('../../etc/passwd')).rejects.toThrow('a storage key must be an id');
});

test('a wrong secret, a wrong access key and a wrong region are refused, and nothing is stored', async () => {
  for (const part of [{ secretAccessKey: 'another' }, { accessKeyId: 'somebody' }, { region: 'us-east-1' }]) {
    await expect(open(part).put(randomUUID(), inPieces(Buffer.from('x')))).rejects.toThrow(/the object storage answered 40[03]/);
  }
  nothingStays();
  await open().put(randomUUID(), inPieces(Buffer.from('x')));
  expect(server.objects.size).toBe(1);
});

test('a body that was changed on the way is refused by its signed hash', async () => {
  const key = randomUUID();
  const thief = createServer((request, response) => {
    const { host: _host, ...headers } = request.headers;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const changed = Buffer.concat(chunks).map((byte) => byte ^ 1);
      const target = new URL(request.url ?? '', server.endpoint);
      void fetch(target, { method: 'PUT', body: changed, headers: headers as Record<string, string> }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
    });
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  try {
    const address = thief.address();
    const storage = createS3Storage({ ...account, endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, prefix: '', isPathStyle: true });
    await expect(storage.put(key, inPieces(Buffer.from('x')))).rejects.toThrow(/40[03]/);
    nothingStays();
  } finally {
    thief.closeAllConnections();
    thief.close();
  }
});

test('a source that breaks in the middle leaves nothing, with its own error, before and behind the first part', async () => {
  const breaking = (size: number) => Readable.from((function* () { yield randomBytes(size); throw new Error('the sender went away'); })());
  for (const size of [10, PART_BYTES + 10]) {
    await expect(open().put(randomUUID(), breaking(size))).rejects.toThrow('the sender went away');
    nothingStays();
  }
  expect(server.seen).toEqual(['POST uploads', 'PUT partNumber,uploadId', 'DELETE uploadId']);
});

test('a source that breaks leaves an earlier content as it was', async () => {
  const [storage, key] = [open(), randomUUID()];
  await storage.put(key, inPieces(Buffer.from('first')));
  await expect(storage.put(key, Readable.from((function* () { yield Buffer.from('sec'); throw new Error('gone'); })()))).rejects.toThrow('gone');
  expect((await read(await storage.open(key))).toString()).toBe('first');
});

test.each([
  ['at the first part', 'PUT', 7 * MIB, 'cut' as const],
  ['at a small file', 'PUT', 10, 'cut' as const],
  ['at the completion', 'POST', 7 * MIB, 'cut' as const],
  ['behind a completion that worked', 'POST', 7 * MIB, 'lose-answer' as const],
  ['behind a small file that was stored', 'PUT', 10, 'lose-answer' as const],
])('a connection that is cut %s leaves nothing', async (_where, method, size, how) => {
  server.misbehave((asked) => (asked.method === method && !asked.query.has('uploads') ? how : undefined));
  const stream = inPieces(randomBytes(size));
  await expect(open().put(randomUUID(), stream)).rejects.toThrow();
  nothingStays();
  expect(stream.destroyed).toBe(true);
});

test('a failure that hides in a good answer is a failure', async () => {
  server.misbehave((asked) => (asked.method === 'POST' && asked.query.has('uploadId') ? 'error-in-200' : undefined));
  await expect(open().put(randomUUID(), inPieces(randomBytes(7 * MIB)))).rejects.toThrow('InternalError');
  nothingStays();
});

test('what passes is tried again: one cut connection and one 503 each', async () => {
  const [storage, key, content] = [open(), randomUUID(), randomBytes(7 * MIB)];
  const failed = new Set<string>();
  server.misbehave(({ method, query }) => {
    const name = `${method}${[...query.keys()].join()}`;
    if (failed.has(name)) return undefined;
    failed.add(name);
    return failed.size % 2 ? 'cut' : 503;
  });
  await storage.put(key, inPieces(content));
  expect((await read(await storage.open(key))).equals(content)).toBe(true);
  await storage.remove(key);
  expect(failed.size).toBe(5);
  nothingStays();
});

test('a server that stays away is told as an outage', async () => {
  const storage = open();
  server.misbehave(() => 503);
  await expect(storage.open(randomUUID())).rejects.toThrow(StorageUnavailable);
  await server.close();
  await expect(storage.put(randomUUID(), inPieces(Buffer.from('x')))).rejects.toThrow(StorageUnavailable);
});

test('a sealed file lies in the bucket unreadable, and an object under another id does not open', async () => {
  const world = await openVaultWorld();
  const storage = createSealedStorage(open(), { keyring: world.vault.keyring, keyClass: 'FILE' }, tmpdir());
  const [key, other] = [randomUUID(), randomUUID()];
  await storage.put(key, inPieces(Buffer.from('马小明 640000195001010017')));
  const object = server.objects.get(`anjie/cases/${key}`);
  expect(object?.content.includes('马小明')).toBe(false);
  if (object) server.objects.set(`anjie/cases/${other}`, object);
  expect((await read(await storage.open(key))).toString()).toBe('马小明 640000195001010017');
  await expect(storage.open(other)).rejects.toThrow('does not open');
  await world.close();
});

setFlagsFromString('--expose_gc');
test('uploads of 20 MiB hold a part in memory, not the file', async () => {
  await server.close();
  server = await startObjectStorage({ ...account, forgetsContent: true });
  const collectGarbage = runInNewContext('gc') as () => void;
  /** Bytes of buffers that are held; what waits for the collector does not count, and the stand-in's sockets leave much of it in this process. */
  const held = (): number => (collectGarbage(), process.memoryUsage().arrayBuffers);
  const piece = randomBytes(64 * 1024);
  const before = held();
  const during: number[] = [];
  function* source() {
    for (let i = 1; i <= 20 * 16; i += 1) {
      if (i % 50 === 0) during.push(held());
      yield piece;
    }
  }
  await open().put(randomUUID(), Readable.from(source()));
  const most = Math.max(...during) - before;
  process.stderr.write(`20 MiB to a bucket: at most ${(most / MIB).toFixed(1)} MiB held in buffers\n`);
  expect(during).toHaveLength(6);
  expect(most).toBeLessThan(2.5 * PART_BYTES);
  expect([...server.objects.values()].map((object) => object.size)).toEqual([20 * MIB]);
});

const files = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 's3-keys-'));
const secret = (name: string, text: string): string => (writeFileSync(join(files, name), text), join(files, name));
const env = (part: Partial<StorageEnv> = {}): StorageEnv => ({
  ANJIE_STORAGE_DIR: files, ANJIE_STORAGE_URL: 's3://papers/anjie/', ANJIE_STORAGE_ENDPOINT: server.endpoint, ANJIE_STORAGE_REGION: account.region,
  ANJIE_STORAGE_ACCESS_KEY_FILE: secret('access', `${account.accessKeyId}\n`), ANJIE_STORAGE_SECRET_KEY_FILE: secret('secret', account.secretAccessKey), ANJIE_STORAGE_PATH_STYLE: '1', ...part,
});

test('the environment decides: nothing about a bucket means the folder, all of it the bucket, one prefix per service', async () => {
  const none = { ANJIE_STORAGE_URL: undefined, ANJIE_STORAGE_ENDPOINT: undefined, ANJIE_STORAGE_ACCESS_KEY_FILE: undefined, ANJIE_STORAGE_SECRET_KEY_FILE: undefined };
  expect(s3SettingsOf(env(none), 'cases')).toBeUndefined();
  expect(openFileStorage(env(none), 'cases').pathOf).toBeDefined();
  expect(s3SettingsOf(env(), 'officials')).toMatchObject({ bucket: 'papers', prefix: 'anjie/officials/', isPathStyle: true });
  const key = randomUUID();
  await openFileStorage(env(), 'cases').put(key, inPieces(Buffer.from('x')));
  expect([...server.objects.keys()]).toEqual([`anjie/cases/${key}`]);
  expect(await unusableStorage(openFileStorage(env(), 'cases'))).toEqual([]);
});

test.each(['ANJIE_STORAGE_URL', 'ANJIE_STORAGE_ENDPOINT', 'ANJIE_STORAGE_ACCESS_KEY_FILE', 'ANJIE_STORAGE_SECRET_KEY_FILE'])('half a setting is refused with a sentence: without %s', (name) => {
  expect(() => openFileStorage(env({ [name]: undefined }), 'cases')).toThrow(`change these variables (docs/operations.md):\n  ${name}: needed when files are kept in a bucket`);
});

test('a key file that is empty or missing is named', () => {
  const part = { ANJIE_STORAGE_ACCESS_KEY_FILE: secret('empty', '\n'), ANJIE_STORAGE_SECRET_KEY_FILE: join(files, 'nowhere') };
  expect(() => openFileStorage(env(part), 'cases')).toThrow(/ANJIE_STORAGE_ACCESS_KEY_FILE: the file is empty\n\s+ANJIE_STORAGE_SECRET_KEY_FILE: the file cannot be read \(ENOENT\)/);
});

test.each([
  ['a bucket that is not there', { ANJIE_STORAGE_URL: 's3://papier' }, 'make the bucket of ANJIE_STORAGE_URL: it does not exist'],
  ['an unknown access key', { ANJIE_STORAGE_ACCESS_KEY_FILE: secret('other', 'who') }, 'ANJIE_STORAGE_ACCESS_KEY_FILE holds a key that the object storage does not know'],
  ['a wrong secret', { ANJIE_STORAGE_SECRET_KEY_FILE: secret('wrong', 'guess') }, 'ANJIE_STORAGE_SECRET_KEY_FILE does not belong to the access key'],
  ['a wrong region', { ANJIE_STORAGE_REGION: 'cn-south-1' }, 'ANJIE_STORAGE_REGION is not the region of the bucket'],
])('what cannot be used is said before anything starts: %s', async (_what, part, sentence) => {
  expect((await unusableStorage(openFileStorage(env(part), 'cases'))).join()).toContain(sentence);
});

test('an endpoint that does not answer, and a folder that cannot be made, are said too', async () => {
  const storage = openFileStorage(env(), 'cases');
  await server.close();
  expect((await unusableStorage(storage)).join()).toMatch(/^ANJIE_STORAGE_ENDPOINT \(http:\/\/127\.0\.0\.1:\d+\) cannot be reached: ECONNREFUSED$/);
  const none = { ANJIE_STORAGE_URL: undefined, ANJIE_STORAGE_ENDPOINT: undefined, ANJIE_STORAGE_ACCESS_KEY_FILE: undefined, ANJIE_STORAGE_SECRET_KEY_FILE: undefined };
  const folder = openFileStorage(env({ ...none, ANJIE_STORAGE_DIR: join(secret('a-file', 'x'), 'below') }), 'cases');
  expect((await unusableStorage(folder)).join()).toContain('cannot be written: ENOTDIR');
});

test('addresses of both styles', () => {
  const settings = { ...account, endpoint: 'https://oss.example.cn:9000', prefix: '', isPathStyle: true };
  expect(addressOf(settings, { key: 'a/b', query: { uploads: '' } })).toBe('https://oss.example.cn:9000/papers/a/b?uploads=');
  expect(addressOf({ ...settings, isPathStyle: false }, { key: 'a/b' })).toBe('https://papers.oss.example.cn:9000/a/b');
});
