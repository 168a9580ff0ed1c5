import { testEngines } from '@anjie/testing';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpool } from '../src/spool';
import { OFFICIAL, openHouse, type House } from './support';

const LIMIT = 20 * 1024 * 1024;

describe('files', () => {
  let house: House;
  let token: string;
  beforeAll(async () => {
    house = await openHouse();
    token = await house.token();
  });
  afterAll(() => house.stop());
  afterEach(() => expect(readdirSync(house.uploadDir)).toEqual([]));

  const upload = async (body: Uint8Array<ArrayBuffer>, { query = 'purpose=LEDGER_IMPORT', headers = {} }: { query?: string; headers?: Record<string, string> } = {}) => {
    const response = await fetch(`${house.base}/files?${query}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv; charset=gb18030', ...headers }, body });
    return { status: response.status, body: (await response.json()) as { error?: { code: string } } };
  };

  test('an upload reaches cases whole, with a token that is bound to its bytes', async () => {
    const bytes = Buffer.alloc(3_000_000, '积案');
    const { status, body } = await upload(bytes, { headers: { 'x-file-name': encodeURIComponent('台账 2026.csv') } });
    expect([status, body]).toEqual([201, { id: OFFICIAL, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }]);
    const seen = house.cases.seen.at(-1);
    expect(seen?.claims).toMatchObject({ aud: 'cases', viewer: { kind: 'OFFICIAL', subject: OFFICIAL } });
    expect(seen?.headers['content-type']).toBe('text/csv');
    expect(Object.fromEntries(new URL(`http://x${seen?.path}`).searchParams)).toEqual({ purpose: 'LEDGER_IMPORT', name: '台账 2026.csv', size: '3000000' });
  });

  test('twenty megabytes fit, one byte more does not, and the client gets to see it', async () => {
    expect((await upload(Buffer.alloc(LIMIT))).status).toBe(201);
    const before = house.cases.seen.length;
    for (const announced of [true, false]) {
      const { status, text } = await uploadOver(house, { token, announced });
      expect([status, JSON.parse(text).error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    expect(house.cases.seen.length).toBe(before);
  });

  test('a viewer, a purpose, a name without path and some content are needed', async () => {
    expect((await upload(Buffer.from('a'), { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
    for (const query of ['', 'purpose=', 'purpose=a%26b', 'purpose=../x']) expect((await upload(Buffer.from('a'), { query })).status).toBe(400);
    for (const name of ['..%2Fetc%2Fpasswd', '%00', '%E2%80%AEexe.csv', '%', 'a'.repeat(201)]) {
      expect((await upload(Buffer.from('a'), { headers: { 'x-file-name': name } })).status).toBe(400);
    }
    expect((await upload(Buffer.alloc(0))).status).toBe(400);
  });

  test('what cases refuses is passed on as a code, in our words', async () => {
    const { status, body } = await upload(Buffer.from('MZ'), { headers: { 'x-file-name': 'refused' } });
    expect([status, body]).toEqual([415, { error: { code: 'UNSUPPORTED_MEDIA_TYPE', message: '不支持的内容类型。' } }]);
  });

  test('a download link needs no token, is always an attachment and never stored', async () => {
    const response = await fetch(`${house.base}/files/cases/${'inline'.padEnd(43, '-0123456789')}`);
    expect([response.status, await response.text()]).toEqual([200, 'file bytes']);
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(house.cases.seen.at(-1)?.claims?.viewer).toMatchObject({ kind: 'SERVICE', subject: 'gateway', roles: [] });
    expect((await fetch(`${house.base}/files/cases/${'used'.padEnd(43, '-0123456789')}`)).status).toBe(404);
    const seen = house.cases.seen.length;
    for (const secret of ['short', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}.`]) expect([secret, (await fetch(`${house.base}/files/cases/${secret}`)).status]).toEqual([secret, 404]);
    expect(house.cases.seen.length).toBe(seen);
  });

  test('whoever makes links is known as an owner, supervision with its bulletins too', async () => {
    const status = async (owner: string) => (await fetch(`${house.base}/files/${owner}/${'a'.repeat(43)}`)).status;
    // supervision is away: this house has two subgraphs
    expect([await status('officials'), await status('supervision'), await status('assistance')]).toEqual([200, 503, 404]);
  });

  test('the template needs a viewer', async () => {
    const url = `${house.base}/templates/ledger.xlsx`;
    expect((await fetch(url)).status).toBe(401);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, "attachment; filename*=UTF-8''x.xlsx"]);
    expect(house.cases.seen.at(-1)?.path).toBe('/internal/templates/ledger.xlsx');
  });

  test('an upload that breaks off leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${house.base}/files?purpose=LEDGER_IMPORT`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-length': 1_000_000 } });
      request.once('error', () => resolve());
      request.write(Buffer.alloc(100_000), () => setTimeout(() => request.destroy(new Error('gone')), 50));
    });
    const isEmpty = (): boolean => readdirSync(house.uploadDir).length === 0;
    for (let tries = 0; tries < 200 && !isEmpty(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(isEmpty()).toBe(true);
  });
});

/** An upload of which only the beginning is sent; the rest is up to the test. */
const beginUpload = async (base: string, token: string, part = ''): Promise<Socket> => {
  const { hostname, port } = new URL(base);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.on('error', () => undefined).write(`POST /files?purpose=LEDGER_IMPORT HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${token}\r\ncontent-length: 1000\r\n\r\n${part}`);
  return socket;
};

describe('places for uploads', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse({ ANJIE_REDIS_URL: testEngines().redis })));
  afterAll(() => house.stop());
  const tokenOf = (subject: string) => house.token({}, (jwt) => jwt.setSubject(subject));
  const upload = async (token: string) => (await fetch(`${house.base}/files?purpose=LEDGER_IMPORT`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'a' })).status;

  test.each([['half', ''], ['whole', 'a'.repeat(1_000)]])('who leaves before the upload begins, %s sent, holds none', async (_what, part) => {
    for (let n = 0; n < 40; n += 1) {
      const socket = await beginUpload(house.base, await tokenOf(randomUUID()), part);
      await new Promise<void>((resolve) => socket.once('close', resolve).destroy());
    }
    expect(await upload(await tokenOf(randomUUID()))).toBe(201);
  });

  test('the slow uploads of one person leave room for another', async () => {
    const [slow, other] = [await tokenOf(randomUUID()), await tokenOf(randomUUID())];
    const sockets = await Promise.all(Array.from({ length: 40 }, () => beginUpload(house.base, slow, 'a')));
    while ((await upload(slow)) !== 429) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await upload(other)).toBe(201);
    for (const socket of sockets) socket.destroy();
    while ((await upload(slow)) !== 201) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test('an upload that takes too long is told so and gives its place back', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'anjie-spool-'));
    const spool = await openSpool(dir, { atOnce: 1, withinMs: 100 });
    const server = createServer((request, response) => void spool.receive(request, { holder: 'a', use: async ({ size }) => String(size) }).then((text) => response.end(text), (error: { code: string }) => response.end(error.code)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const socket = await beginUpload(base, 'x', 'a');
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toMatch(/TIMEOUT/);
    expect(readdirSync(dir)).toEqual([]);
    expect(await (await fetch(base, { method: 'POST', body: 'four' })).text()).toBe('4');
    server.close();
    server.closeAllConnections();
  });
});

test('who follows many links and reads nothing leaves the connections of queries alone', async () => {
  const house = await openHouse();
  const { port } = new URL(house.base);
  const sockets = Array.from({ length: 80 }, () => connect({ host: '127.0.0.1', port: Number(port) }));
  for (const socket of sockets) socket.on('error', () => undefined).pause().write(`GET /files/cases/${'large'.padEnd(43, '-0123456789')} HTTP/1.1\r\nhost: gateway\r\n\r\n`);
  while (house.cases.seen.length < 16) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await house.ask('{ whoami }')).errors).toBeUndefined();
  for (const socket of sockets) socket.destroy();
  await house.stop();
});

function uploadOver(house: House, { token, announced }: { token: string; announced: boolean }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(announced ? { 'content-length': LIMIT + 1 } : {}) };
    const request = httpRequest(`${house.base}/files?purpose=LEDGER_IMPORT`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.once('error', reject);
    request.write(Buffer.alloc(LIMIT), () => request.end(Buffer.alloc(1)));
  });
}
