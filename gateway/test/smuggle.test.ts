import { connect } from 'node:net';
import { openHouse, type House } from './support';

describe('requests that say two things at once, or say nothing for long', () => {
  let house: House;
  let token: string;
  beforeAll(async () => {
    house = await openHouse();
    token = await house.token();
  });
  afterAll(() => house.stop());

  /** Sends these bytes and waits until the other side has closed or nothing more comes for a while. */
  const raw = (bytes: string, quietMs = 1_500): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(house.gateway.port, '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.setTimeout(quietMs, () => socket.destroy());
      socket.on('data', (chunk: Buffer) => void (text += chunk.toString('utf8'))).on('error', () => undefined).on('close', () => resolve(text));
    });
  const statusesIn = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? '');
  const body = '{"query":"{ whoami }"}';
  const head = (...lines: string[]): string => ['POST /graphql HTTP/1.1', ...lines, '', ''].join('\r\n');
  const usual = () => ['Host: gateway', 'Content-Type: application/json', `Authorization: Bearer ${token}`];

  test('a plain one over the same socket is answered', async () => {
    expect(statusesIn(await raw(head(...usual(), `Content-Length: ${body.length}`) + body))).toEqual(['200']);
  });

  test('a length beside chunks, two lengths, an obscure encoding: one refusal, and what follows is no second request', async () => {
    const second = `POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    for (const lines of [
      [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], ['Transfer-Encoding: chunked', 'Content-Length: 4'], ['Content-Length: 5', `Content-Length: ${body.length}`],
      ['Transfer-Encoding: chunked, identity'], ['Transfer-Encoding: xchunked'], ['Content-Length: +22'], ['Content-Length: 0x16'],
    ]) {
      const before = house.cases.seen.length;
      const statuses = statusesIn(await raw(`${head(...usual(), ...lines)}0\r\n\r\n${second}`));
      expect([lines, statuses, house.cases.seen.length]).toEqual([lines, [expect.stringMatching(/^(400|411|501)$/)], before]);
    }
  });

  test.each([
    ['Host', () => ['Host: gateway', 'Host: evil.example', ...usual().slice(1)]],
    ['Authorization', () => [...usual(), 'Authorization: Bearer a.b.c']],
    ['Content-Type', () => [...usual(), 'Content-Type: text/plain']],
    ['X-Anjie-Client-Key', () => [...usual(), 'X-Anjie-Client-Key: a', 'X-Anjie-Client-Key: b']],
  ])('%s twice is refused', async (_name, lines) => {
    const before = house.cases.seen.length;
    expect(statusesIn(await raw(head(...lines(), `Content-Length: ${body.length}`) + body))).toEqual(['400']);
    expect(house.cases.seen.length).toBe(before);
  });

  test('no Host, a line that is folded, a name with a blank, half a line end', async () => {
    for (const bytes of [
      `POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`, head(...usual(), 'X-Folded: a\r\n b: c', 'Content-Length: 0'),
      head(...usual(), `Content-Length : ${body.length}`) + body, `POST /graphql HTTP/1.1\nHost: gateway\n\n`,
    ]) expect(statusesIn(await raw(bytes))).toEqual([expect.stringMatching(/^4\d\d$/)]);
  });

  test('headers that pretend another method, path or address change nothing', async () => {
    const before = house.cases.seen.length;
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const response = await fetch(`${house.base}/graphql?query=%7Bwhoami%7D&_method=POST`, { headers: { [header]: 'POST', authorization: `Bearer ${token}` } });
      expect(response.status).toBe(404);
    }
    for (const header of ['x-original-url', 'x-rewrite-url', 'x-forwarded-host', 'x-forwarded-prefix']) {
      expect((await fetch(`${house.base}/nothing`, { method: 'POST', headers: { [header]: '/graphql', authorization: `Bearer ${token}` } })).status).toBe(404);
    }
    expect(house.cases.seen.length).toBe(before);
  });

  test('nothing of a trace, and none of our own headers, comes in from outside or goes out again', async () => {
    const answer = await house.ask('{ whoami }', { headers: { 'apollo-federation-include-trace': 'ftv1', 'x-internal-auth': 'x.y', 'x-viewer-roles': 'ADMIN' } });
    expect(answer.text).not.toMatch(/ftv1|extensions/);
    expect([...answer.headers.keys()].filter((name) => /internal|viewer|trace|powered|server/.test(name))).toEqual([]);
    expect(house.cases.seen.at(-1)?.headers).not.toHaveProperty('apollo-federation-include-trace');
  });

  test('members that stand twice, and nesting for its own sake, are refused', async () => {
    const before = house.cases.seen.length;
    for (const text of ['{"query":"{ whoami }","query":"{ leaks }"}', '{"query":"{ whoami }","variables":{"a":1,"a":2}}', '{"query":"{ whoami }","\\u0071uery":"{ leaks }"}', `{"query":"{ whoami }","variables":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`]) {
      expect(statusesIn(await raw(head(...usual(), `Content-Length: ${text.length}`) + text))).toEqual(['400']);
    }
    expect(house.cases.seen.length).toBe(before);
  });

  test('NUL, BOM and other encodings in and around a document', async () => {
    const send = async (bytes: Buffer, type = 'application/json') => (await fetch(`${house.base}/graphql`, { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': type, authorization: `Bearer ${token}` } })).status;
    const query = (text: string) => Buffer.from(JSON.stringify({ query: text }));
    expect(await send(query('{ whoami\u0000 }'))).toBe(400);
    expect(await send(query('{ who\u0000ami }'))).toBe(400);
    expect(await send(Buffer.from('{"query":"{ whoami }\u0000"}'))).toBe(400);
    expect(await send(query('\uFEFF{ whoami }'))).toBe(200);
    expect(await send(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), query('{ whoami }')]))).toBe(200);
    expect(await send(Buffer.from(body, 'utf16le'))).toBe(400);
    expect(await send(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body, 'utf16le')]), 'application/json; charset=utf-16')).toBe(415);
    expect(await send(Buffer.from(JSON.stringify({ query: '{ whoami } # \ud800' })))).toBe(400);
    expect(await send(Buffer.from('{"query":"{ whoami } # \\u0000"}'))).toBe(400);
  });

  test('a head or a body that comes byte by byte is given up within the time for it, and others are answered meanwhile', async () => {
    const startedAt = performance.now();
    const [lazyHead, lazyBody] = [raw('POST /graphql HTTP/1.1\r\nHost: gateway\r\nX-Slow: ', 40_000), raw(head(...usual(), 'Content-Length: 100') + '{"query":', 40_000)];
    expect((await house.ask('{ whoami }')).status).toBe(200);
    const [first, second] = await Promise.all([lazyHead, lazyBody]);
    expect([statusesIn(first), statusesIn(second)]).toEqual([['408'], ['504']]);
    expect(second).toContain('TIMEOUT');
    expect(performance.now() - startedAt).toBeLessThan(25_000);
  }, 60_000);
});
