import { Writable } from 'node:stream';
import pino from 'pino';
import { openHouse, type House } from './support';

describe('what a client learns of a fault', () => {
  let house: House;
  const lines: string[] = [];
  beforeAll(async () => {
    const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    house = await openHouse({}, { log: pino({ level: 'debug' }, sink) });
  });
  afterAll(() => house.stop());

  test("a subgraph's message, stack, SQL and name stay inside, and the log has the request id", async () => {
    const { status, errors, text } = await house.ask('{ leaks whoami }', { headers: { 'x-request-id': 'request-leak' } });
    expect(status).toBe(200);
    expect(errors).toEqual([{ message: '系统内部错误，请提供请求编号。', path: ['leaks'], extensions: { code: 'INTERNAL' } }]);
    for (const word of ['SELECT', 'ER_BAD', 'cases', 'stack', '/srv/', 'serviceName']) expect(text).not.toContain(word);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>).find((line) => line['requestId'] === 'request-leak' && line['level'] === 50);
    expect(logged).toMatchObject({ subgraph: 'cases', path: ['leaks'] });
  });

  test('a code of the table, its path and its detail pass; its words are ours, in the language of the client', async () => {
    const { errors } = await house.ask('{ missing }', { headers: { 'accept-language': 'en' } });
    expect(errors).toEqual([{ message: 'It does not exist, or is not visible to you.', path: ['missing'], extensions: { code: 'NOT_FOUND', detail: { field: 'id' } } }]);
  });

  test('an unknown value of an enum in a variable is a 400 that names the place and not the value', async () => {
    const query = 'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }';
    expect((await house.ask(query, { variables: { filter: { kind: 'LETTER' } } })).status).toBe(200);
    const { status, errors, text } = await house.ask(query, { variables: { filter: { kind: 'LETTRE' } } });
    expect(status).toBe(400);
    expect(errors).toEqual([{ message: '输入不符合要求。', extensions: { code: 'BAD_USER_INPUT', detail: { variable: '$filter', path: 'filter.kind' } } }]);
    expect(text).not.toContain('LETT');
  });

  test('an unknown value of an enum in the document gets no suggestion', async () => {
    const { status, text } = await house.ask('{ cases(filter: { kind: LETTRE }) { nodes { id } } }');
    expect(status).toBe(400);
    expect(text).not.toMatch(/Did you mean|"LETTER"/);
  });

  test('neither documents, variables nor tokens are logged', async () => {
    const token = await house.token({ marker: 'canary' });
    await house.ask('query Canary($f: CaseFilter) { cases(filter: $f) { nodes { id } } }', { token, variables: { f: { kind: 'canary-4217' } } });
    await house.ask('{ case(id: "canary-4217") { id canary4217 } }', { token });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/canary-?4217/);
    expect(lines.join('')).not.toContain(token.slice(-40));
  });
});

describe('when a subgraph is dead', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse()));
  afterAll(() => house.stop());

  test('the rest is answered, the gap has a code at its path and no name; readyz says so', async () => {
    const query = '{ cases(first: 2) { nodes { id title sponsor { name } } } }';
    expect((await house.ask(query)).errors).toBeUndefined();
    expect((await fetch(`${house.base}/readyz`)).status).toBe(200);
    await house.officials.stop();
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    for (let round = 0; round < 8; round++) {
      const { status, data, errors, text } = await house.ask(query);
      expect(status).toBe(200);
      expect(data).toEqual({ cases: { nodes: [{ id: '0', title: 'case 0', sponsor: null }, { id: '1', title: 'case 1', sponsor: null }] } });
      const error = { message: '部分服务暂不可用，请稍后重试。', extensions: { code: 'SERVICE_UNAVAILABLE' } };
      expect(errors).toEqual([0, 1].map((index) => ({ ...error, path: ['cases', 'nodes', index, 'sponsor'] })));
      expect(text).not.toMatch(/officials|127\.0\.0\.1|ECONN/);
    }
    const ready = await fetch(`${house.base}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, '{"status":"unavailable"}']);
    expect((await fetch(`${house.base}/livez`)).status).toBe(200);
  });

  test('a dead subgraph of a root field', async () => {
    await house.cases.stop();
    const { status, data, errors } = await house.ask('{ me: whoami }');
    expect([status, data, errors?.[0]?.path, errors?.[0]?.extensions.code]).toEqual([200, { me: null }, ['me'], 'SERVICE_UNAVAILABLE']);
  });
});

test('closing lets a request under way finish and refuses new ones', async () => {
  const house = await openHouse();
  const slow = house.ask('{ slow }');
  await new Promise((resolve) => setTimeout(resolve, 150));
  const closing = house.gateway.close();
  expect((await slow).data).toEqual({ slow: 'done' });
  await closing;
  await expect(house.ask('{ whoami }')).rejects.toThrow();
  await Promise.all([house.cases.stop(), house.officials.stop()]);
});
