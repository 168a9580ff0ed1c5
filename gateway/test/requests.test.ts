import { request as httpRequest } from 'node:http';
import { LIMITS } from '@anjie/contracts';
import { openHouse, type House } from './support';

describe('the shape of a request', () => {
  let house: House;
  let token: string;
  beforeAll(async () => {
    house = await openHouse({ ANJIE_CORS_ORIGINS: 'https://portal.example' });
    token = await house.token();
  });
  afterAll(() => house.stop());

  const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${house.base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const document = JSON.stringify({ query: '{ whoami }' });

  test('a plain request is answered', async () => {
    expect((await post(document)).status).toBe(200);
    expect((await post(document, { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200);
  });

  test('batches, persisted queries and other shapes are refused', async () => {
    const bodies = [
      `[${document},${document}]`, '[]', 'null', '"text"', '{', '', '{}', '{"query":1}', '{"query":[]}', '{"query":{"kind":"Document"}}', '{"query":"{ whoami }","variables":"{}"}',
      '{"query":"{ whoami }","variables":[]}', '{"query":"{ whoami }","operationName":{}}', '{"query":"{ whoami ","variables":{}}',
      JSON.stringify({ query: '{ whoami }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
      JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
    ];
    for (const body of bodies) {
      const { status, text } = await post(body);
      expect([body, status]).toEqual([body, 400]);
      expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  });

  test('types that a foreign page may send without asking are refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-7', 'text/plain; application/json']) {
      expect([type, (await post(document, { 'content-type': type })).status]).toEqual([type, 415]);
    }
    expect((await post(document, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('a query by GET is not executed', async () => {
    const before = house.cases.seen.length;
    for (const headers of [{}, { 'content-type': 'text/plain' }, { 'apollo-require-preflight': '1', accept: 'text/html' }] as Record<string, string>[]) {
      const response = await fetch(`${house.base}/graphql?query=%7Bwhoami%7D`, { headers: { authorization: `Bearer ${token}`, ...headers } });
      expect(response.status).toBe(404);
    }
    expect(house.cases.seen.length).toBe(before);
  });

  test('50 MB get an answer instead of a cut connection, announced or not', async () => {
    for (const announced of [true, false]) {
      const { status, text } = await sendBig(house, { token, announced });
      expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    expect((await post(JSON.stringify({ query: '{ whoami }', variables: { x: 'a'.repeat(LIMITS.bytes.limit - 100) } }))).status).toBe(200);
    expect((await post(JSON.stringify({ query: '{ whoami }', variables: { x: 'a'.repeat(LIMITS.bytes.limit) } }))).status).toBe(413);
  });

  test('a JSON of great depth does no harm', async () => {
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect((await post(`{"query":"query ($f: CaseFilter) { cases(filter: $f) { nodes { id } } }","variables":{"f":${nested}}}`)).status).toBe(400);
    expect((await post(document)).status).toBe(200);
  });

  test('a name from Object.prototype pollutes nothing', async () => {
    await post('{"query":"query ($__proto__: CaseFilter) { __proto__: whoami constructor: whoami cases(filter: $__proto__) { nodes { toString: id } } }","variables":{"__proto__":{"polluted":1}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await post(document)).status).toBe(200);
  });

  test('a request id is taken over when it is harmless, and made otherwise', async () => {
    expect((await post(document, { 'x-request-id': 'abcdefgh-123' })).headers.get('x-request-id')).toBe('abcdefgh-123');
    for (const bad of ['short', 'a'.repeat(65), 'a b c d e f g h', '<script>alert(1)']) {
      expect((await post(document, { 'x-request-id': bad })).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });

  test('only a listed origin may read answers', async () => {
    const preflight = (origin: string) => fetch(`${house.base}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const allowed = await preflight('https://portal.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://portal.example']);
    for (const origin of ['https://evil.example', 'null', 'https://portal.example.evil.example', 'http://portal.example']) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      expect((await post(document, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('answers carry the security headers and are not stored', async () => {
    const { headers } = await post(document);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('unknown paths are not found', async () => {
    for (const path of ['/', '/graphql/', '/admin', '/files/', '/files/../graphql', '//evil.example/x']) {
      expect([path, (await fetch(`${house.base}${path}`)).status]).toEqual([path, 404]);
    }
  });
});

/** node:http instead of fetch, since it can be seen whether the answer arrives while the body is still on its way. */
function sendBig(house: House, { token, announced }: { token: string; announced: boolean }): Promise<{ status: number; text: string }> {
  const size = 50_000_000;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(announced ? { 'content-length': size } : {}) };
    const request = httpRequest(`${house.base}/graphql`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.once('error', reject);
    const chunk = Buffer.alloc(1_000_000, 'a');
    const next = (left: number): void => (left === 0 ? void request.end() : void request.write(chunk, () => next(left - 1)));
    next(size / chunk.length);
  });
}
