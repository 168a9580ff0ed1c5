import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
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
    const response = await fetch(`${house.base}/files/cases/inline-0123456789abcdef`);
    expect([response.status, await response.text()]).toEqual([200, 'file bytes']);
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(house.cases.seen.at(-1)?.claims?.viewer).toMatchObject({ kind: 'SERVICE', subject: 'gateway', roles: [] });
    expect((await fetch(`${house.base}/files/cases/used-0123456789abcdef`)).status).toBe(404);
    expect((await fetch(`${house.base}/files/cases/short`)).status).toBe(404);
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
