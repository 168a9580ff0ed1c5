import { createHash, generateKeyPairSync, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { DOCUMENTS, ENTITIES, HOSTILE, LIMITS, nested, repeated, TEXTS } from './hostile-requests';
import { expectNoLeak } from './no-leak';
import { housingCase, people, petition, register, REGISTER, sendReferral, startOwnSystem, units, type OwnSystem, type RawAnswer } from './own-system';
import { key, type Answer } from './system';

let system: OwnSystem;
let token = '';
jest.setTimeout(60_000);
beforeAll(async () => {
  system = await startOwnSystem();
  token = system.tokenOf('clerk');
  await oneOfEverything();
}, 180_000);
afterAll(() => system.stop(), 60_000);

/** Something to be found in every list, so that finding nothing says something. */
async function oneOfEverything(): Promise<void> {
  for (let n = 0; n < 3; n += 1) await register(system);
  const caseId = await housingCase(system);
  await sendReferral(system, caseId);
  const make = async (name: string, input: object) => {
    const made = await system.query<{ made: { __typename: string } }>('office', `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { made: ${name}(input: $input) { __typename } }`, { input: { idempotencyKey: key(), ...input } });
    expect(made.made.__typename).toMatch(/Payload$/);
  };
  const { officials } = await system.query<{ officials: { nodes: { id: string }[] } }>('office', '{ officials(first: 1) { nodes { id } } }');
  await make('sponsorCase', { caseId, officialId: officials.nodes[0]?.id });
  await make('issueSupervisionLetter', { kind: 'URGE_NOTE', caseId, toUnitId: units.housing.id, ground: 'DELAY', body: '请于期限内报送办理进展。' });
  await make('planFollowUpVisit', { caseId, kind: 'OTHER', plannedOn: '2022-10-20' });
  await make('submitAssistanceApplication', { caseId, unitId: units.civilAffairs.id, kind: 'CIVIL_AFFAIRS_AID', requestedAmount: '1000.00', need: '家庭生活困难。' });
  await make('createCampaign', { code: 'E2E-2022', name: '专项工作', divisionCode: '640104', startsOn: '2022-01-01', endsOn: '2022-12-31', basisDocuments: [], cohortFrom: '2020-01-01', cohortTo: '2022-12-31', phases: [], targets: [] });
  await system.settled();
}
test('every list that is tried below has rows', async () => {
  const lists = [...new Set(TEXTS.map((text) => /^\w+/.exec(text)?.[0] ?? ''))];
  const found = await Promise.all(lists.map(async (list) => [list, (await office(`{ list: ${list} { totalCount } }`, {})).data?.['list']?.totalCount]));
  expect(found.filter(([, count]) => !count)).toEqual([]);
});

interface Raw {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string | Buffer;
  readonly chunked?: boolean;
}
/** GraphiQL, one page for everybody: it holds no answer. */
const isPage = ({ text }: RawAnswer): boolean => /^\s*<!doctype html>/i.test(text);
/** Sends bytes as they are; whatever comes back must not tell of our insides. */
const raw = ({ url = `${system.url}/graphql`, method = 'POST', headers = {}, body = '', chunked = false }: Raw): Promise<RawAnswer> =>
  new Promise<RawAnswer>((resolve, reject) => {
    const all = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers };
    const sent = httpRequest(url, { method, headers: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
    });
    sent.on('error', reject).end(body);
  }).then((answer) => (isPage(answer) || expectNoLeak(answer), answer));

const parsed = ({ status, text }: RawAnswer): Answer<Record<string, unknown>> => ({ status, ...(JSON.parse(text) as object) });
const ask = async (query: string, variables: object = {}): Promise<Answer<Record<string, unknown>>> => parsed(await raw({ body: JSON.stringify({ query, variables }) }));
/** Status and codes of an answer without any data. */
const refusal = ({ status, data, errors }: Answer<Record<string, unknown>>): [number, string[]] => {
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  return [status, [...new Set((errors ?? []).map(({ extensions }) => extensions.code))]];
};
const codes = (answer: Answer<Record<string, unknown>>): string[] => refusal(answer)[1];
const petitions = async (): Promise<number> => (await system.rows('SELECT id FROM cases.petitions')).length;
const GOOD = '{ cases(first: 2) { totalCount nodes { id } } }';
const good = JSON.stringify({ query: GOOD });
const worksStill = async (): Promise<void> => expect(parsed(await raw({ body: good }))).toMatchObject({ status: 200, data: { cases: { nodes: [{}, {}] } } });
afterEach(worksStill);

const big = Buffer.alloc(50 * 1024 * 1024, 0x20);
const padded = (size: number): string => good.padEnd(size, ' ');
const HTTP: readonly (readonly [string, () => Raw, number, string])[] = [
  ['50 MB with a length', () => ({ body: big }), 413, 'PAYLOAD_TOO_LARGE'],
  ['50 MB in chunks', () => ({ body: big, chunked: true }), 413, 'PAYLOAD_TOO_LARGE'],
  ['one byte too much', () => ({ body: padded(LIMITS.bytes.limit + 1) }), 413, 'PAYLOAD_TOO_LARGE'],
  ['text/plain', () => ({ body: good, headers: { 'content-type': 'text/plain' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a form', () => ({ body: 'query=%7B__typename%7D', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['no content type', () => ({ body: good, headers: { 'content-type': undefined } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['UTF-16', () => ({ body: Buffer.from(good, 'utf16le'), headers: { 'content-type': 'application/json; charset=utf-16' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['compressed', () => ({ body: good, headers: { 'content-encoding': 'gzip' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['malformed UTF-8', () => ({ body: Buffer.concat([Buffer.from('{"query":"{ __typename #'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]) }), 400, 'BAD_USER_INPUT'],
  ['a batch', () => ({ body: `[${good},${good}]` }), 400, 'BAD_USER_INPUT'],
  ['half a body', () => ({ body: good.slice(0, 20) }), 400, 'BAD_USER_INPUT'],
  ['an empty body', () => ({ body: '' }), 400, 'BAD_USER_INPUT'],
  ['null', () => ({ body: 'null' }), 400, 'BAD_USER_INPUT'],
  ['a query that is a list', () => ({ body: '{"query":["{ __typename }"]}' }), 400, 'BAD_USER_INPUT'],
  ['variables that are a list', () => ({ body: '{"query":"{ __typename }","variables":[1]}' }), 400, 'BAD_USER_INPUT'],
  ['a persisted query', () => ({ body: `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}` }), 400, 'BAD_USER_INPUT'],
  ['an operation that is not there', () => ({ body: '{"query":"query A { __typename }","operationName":"B"}' }), 400, 'BAD_USER_INPUT'],
  ['a subscription', () => ({ body: '{"query":"subscription { cases }"}' }), 400, 'BAD_USER_INPUT'],
];
test.each(HTTP)('%s is refused', async (_what, make, status, code) => {
  expect(refusal(parsed(await raw(make())))).toEqual([status, [code]]);
});
test('the largest body, with charset, is answered', async () => {
  expect(parsed(await raw({ body: padded(LIMITS.bytes.limit), headers: { 'content-type': 'application/json; charset=UTF-8' } }))).toMatchObject({ status: 200, data: { cases: {} } });
});
test('a mutation by GET changes nothing: it is answered like any GET', async () => {
  const before = await petitions();
  const query = encodeURIComponent(REGISTER);
  const page = await raw({ url: `${system.url}/graphql`, method: 'GET' });
  expect(await raw({ url: `${system.url}/graphql?query=${query}&variables=${encodeURIComponent(JSON.stringify({ input: petition() }))}`, method: 'GET' })).toEqual(page);
  expect([await petitions(), isPage(page)]).toEqual([before, true]);
  await register(system);
  expect(await petitions()).toBe(before + 1);
});

test('every missing or wrong token gets the same 401, byte for byte', async () => {
  const [head = '', body = '', mac = ''] = token.split('.');
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const stranger = `${head}.${body}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  const wrong = [
    undefined, '', 'Bearer', 'Bearer x', `Basic ${token}`, token, `Bearer ${stranger}`, `Bearer ${stranger}.`, `Bearer ${token.slice(0, -4)}AAAA`,
    `Bearer ${encode({ alg: 'none' })}.${body}.`, `Bearer ${encode({ alg: 'none' })}.${body}.${mac}`, `Bearer ${head}.${encode({ ...claims, roles: ['JOINT_OFFICE'] })}.${mac}`,
    `Bearer ${stranger}.${sign(null, Buffer.from(stranger), privateKey).toString('base64url')}`, `Bearer ${encode({ alg: 'HS256', kid: 'dev' })}.${body}.${mac}`, `Bearer ${'a'.repeat(7_000)}.b.c`,
  ];
  const answers = await Promise.all(wrong.map((authorization) => raw({ body: good, headers: { authorization } })));
  expect([...new Set(answers.map(({ status, text }) => `${status} ${text}`))]).toEqual([expect.stringMatching(/^401 .*"UNAUTHENTICATED"/)]);
});

test.each(DOCUMENTS)('%s is refused', async (_what, query, variables, code) => expect(codes(await ask(query, variables))).toEqual([code]));
test.each([
  ['as many root fields as may be', `{ ${repeated(LIMITS.rootFields.limit, (n) => `a${n}: me { b: id }`)} }`, {}], ['as deep as may be', nested(LIMITS.depth.limit), {}], ['many fields', `{ ${repeated(LIMITS.rootFields.limit, (n) => `a${n}: me { ${repeated(Math.floor(LIMITS.fields.limit / LIMITS.rootFields.limit) - 1, () => 'id')} }`)} }`, {}],
  ['a page of 100', 'query ($n: Int) { cases(first: $n) { nodes { id } } }', { n: 100 }], ['a known enum value', 'query ($s: CaseStatus) { cases(filter: { status: $s }) { totalCount } }', { s: 'REGISTERED' }],
  ['introspection while the development issuer is on', '{ __schema { queryType { name } } }', {}],
])('%s is answered', async (_what, query, variables) => expect(await ask(query, variables)).toMatchObject({ status: 200, data: expect.anything() as object }));

test('a damaged cursor is refused; a foreign one shows no row of a stranger and is no fault of ours', async () => {
  const page = async (after: string) => ask('query ($after: String) { cases(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }', { after });
  const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { cases } = await system.query<{ cases: { pageInfo: { endCursor: string } } }>('clerk', '{ cases(first: 1) { pageInfo { endCursor } } }');
  const own = cases.pageInfo.endCursor;
  expect((await page(own)).errors).toBeUndefined();
  const keys = JSON.parse(Buffer.from(own, 'base64url').toString()) as unknown[];
  for (const bad of ['x', own.slice(0, -3), cursor([]), cursor({}), cursor(null), cursor([...keys, 1]), cursor(keys.map(() => null)), cursor(keys.map(() => ['a'])), cursor(keys.map(() => ({ sql: '1' }))), 'a'.repeat(20_000)]) {
    expect([bad.slice(0, 60), codes(await page(bad))]).toEqual([bad.slice(0, 60), ['BAD_USER_INPUT']]);
  }
  for (const odd of [keys.map(() => "' OR '1'='1"), keys.map(() => -1), keys.map(() => 1e308), keys.map(() => ({ t: 0 })), keys.map(() => ({ t: 8.7e15 })), keys.map(() => '\u0000'), keys.map(() => '0000-00-00')]) {
    expect([odd, (await page(cursor(odd))).errors?.map(({ extensions }) => extensions.code) ?? ['BAD_USER_INPUT']]).toEqual([odd, ['BAD_USER_INPUT']]);
  }
});

test.each(['0000-00-00', '2022-02-30', '2022-13-01', '2022-09-26T00:00:00Z', '2022-9-26', '２０２２-09-26', '', '20220926', "2022-09-26' OR 1=1", '9999-12-31'])('the day %j is refused', async (petitionedOn) => {
  const before = await petitions();
  expect([codes(await ask(REGISTER, { input: petition({ petitionedOn }) })), await petitions()]).toEqual([['BAD_USER_INPUT'], before]);
});
test.each([{ divisionCode: '兴庆区' }, { divisionCode: '6401%' }, { divisionCode: '' }, { caseId: '兴庆区' }, { caseId: "' OR '1'='1" }, { contentCategory: '土地' }, { title: '' }, { title: '长'.repeat(300) }, { title: 'nul\u0000' }, { petitionerCount: -1 }, { petitionerCount: 2147483647 }])(
  'a petition with %j is refused or registered once, and is no fault of ours', async (more) => {
    const before = await petitions();
    const { data, errors } = await ask(REGISTER, { input: petition(more) });
    const made = data?.['registerPetition'] as { petition?: object; code?: string } | undefined;
    expect([made?.petition ? 'registered' : (made?.code ?? errors?.[0]?.extensions.code), await petitions() - before]).toEqual(made?.petition ? ['registered', 1] : [expect.stringMatching(/^(?!INTERNAL|TIMEOUT)/), 0]);
  });
test.each(['', 'short', 'k'.repeat(65), 'k'.repeat(10_240), 'line\nbreak', 'nul\u0000nul', 'esc\u001b[31m', '有效的幂等键有效的', 'with space'])('the idempotency key %j is refused', async (idempotencyKey) => {
  const before = await petitions();
  expect([codes(await ask(REGISTER, { input: petition({ idempotencyKey }) })), await petitions()]).toEqual([['BAD_USER_INPUT'], before]);
});
test('the same key with another input, or for another mutation, is told apart', async () => {
  const input = petition();
  const first = await ask(REGISTER, { input });
  expect(first).toMatchObject({ data: { registerPetition: { petition: {} } } });
  expect(codes(await ask(REGISTER, { input: { ...input, title: '另一标题' } }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  expect(await ask(REGISTER, { input: Object.fromEntries(Object.entries(input).reverse()) })).toEqual(first);
});
test('the same key 50 times at once has one effect', async () => {
  const before = await petitions();
  const input = petition();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(REGISTER, { input })));
  expect(await petitions()).toBe(before + 1);
  const made = answers.filter(({ errors }) => errors === undefined);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  for (const answer of answers.filter(({ errors }) => errors)) expect(codes(answer)).toEqual(['REQUEST_IN_FLIGHT']);
  expect(await ask(REGISTER, { input })).toEqual(made[0]);
});

const office = async (query: string, variables: object): Promise<Answer<Record<string, { totalCount?: number } | null>>> => {
  const answer = await system.send('office', { query, variables });
  expectNoLeak(answer);
  return { status: answer.status, ...(JSON.parse(answer.text) as object) };
};
/** No row, or a clear refusal of what can be no code; never every row, never a fault of ours. */
const NOTHING: unknown = expect.stringMatching(/^(no row|BAD_USER_INPUT)$/);
const outcome = ({ data, errors }: Answer<Record<string, { totalCount?: number } | null>>): string => {
  if (errors) return errors.map(({ extensions }) => extensions.code).join();
  const { list } = data ?? {};
  return list === null || list?.totalCount === 0 ? 'no row' : `rows: ${JSON.stringify(list)}`;
};
const declared = (field: string): string => (field.includes('$s') ? '$s: String!' : '$id: ID!');
test.each([...TEXTS.map((list) => [list, '{ totalCount nodes { __typename } }']), ...ENTITIES.map((one) => [one, '{ __typename }'])])('%s given SQL, wildcards and other mischief finds nothing', async (field, selection) => {
  const found: unknown[] = [];
  for (const text of HOSTILE) found.push([text.slice(0, 40), outcome(await office(`query (${declared(field)}) { list: ${field} ${selection} }`, { s: text, id: text }))]);
  expect(found).toEqual(HOSTILE.map((text) => [text.slice(0, 40), NOTHING]));
});
test.each(TEXTS)('%s given an empty text finds nothing, never everything', async (list) => {
  expect(outcome(await office(`query (${declared(list)}) { list: ${list} { totalCount } }`, { s: '', id: '' }))).toEqual(NOTHING);
});
test('the same lists and entities find what is there', async () => {
  const { case: { id } } = await register(system);
  await system.settled();
  const found = await office(`query ($id: ID!, $unit: ID!) { a: cases(filter: { search: "不动产" }) { totalCount } b: cases(filter: { divisionCode: "640104" }) { totalCount } c: units(filter: { search: "住房" }) { totalCount }
    d: officials(filter: { unitId: $unit }) { totalCount } e: obligations(filter: { caseId: $id }) { totalCount } f: obligations(filter: { dutyCode: "T2" }) { totalCount } g: divisions(parent: "640100") { totalCount } case(id: $id) { id } }`, { id, unit: units.housing.id });
  expect(found.errors).toBeUndefined();
  for (const part of 'abcdefg') expect([part, found.data?.[part]?.totalCount]).not.toEqual([part, 0]);
  expect(found.data?.['case']).toEqual({ id });
});

test('__proto__ and constructor in variables pollute nothing', async () => {
  const send = async (variables: string) => parsed(await raw({ body: `{"query":${JSON.stringify('query ($f: CaseFilter) { cases(filter: $f) { totalCount } }')},"variables":${variables}}` }));
  expect(await send('{"__proto__":{"f":{"search":"不存在的"}},"constructor":{"prototype":{"isAdmin":true}}}')).toMatchObject({ status: 200, data: { cases: { totalCount: expect.any(Number) as number } } });
  for (const key of ['__proto__', 'constructor', 'toString']) expect([key, codes(await send(`{"f":{"${key}":{"search":"x"}}}`))]).toEqual([key, ['BAD_USER_INPUT']]);
  expect(await send('{"f":{"search":"不动产"}}')).toMatchObject({ status: 200, data: { cases: { totalCount: await petitions() } } });
});

const keyOf = (issuer: string): KeyObject => createPrivateKey({ key: Buffer.from(readFileSync(system.stack.wiring.secrets.privateKeyFile(issuer), 'utf8'), 'base64'), format: 'der', type: 'pkcs8' });
/** An internal token as the gateway makes it, written once more from its description. */
function internalToken({ body, claims = {}, signer = keyOf('gateway') }: { body: string; claims?: object; signer?: KeyObject }): string {
  const now = Math.floor(Date.now() / 1000);
  const viewer = { kind: 'OFFICIAL', subject: people.office.sub, unitId: units.office.id, divisionCode: '640104', roles: ['JOINT_OFFICE'], locale: 'zh-CN', signedInAt: now };
  const all = { iss: 'gateway', aud: 'cases', viewer, requestId: randomUUID(), iat: now, exp: now + 30, jti: randomUUID(), bh: createHash('sha256').update(body).digest('base64url'), ...claims };
  const payload = Buffer.from(JSON.stringify(all)).toString('base64url');
  return `${payload}.${sign(null, Buffer.from(payload), signer).toString('base64url')}`;
}
test('a subgraph answers nobody but the gateway: every other call gets the same 401', async () => {
  const at = `http://127.0.0.1:${system.stack.wiring.ports.get('cases')}`;
  const direct = (body: string, auth: string | undefined, path = '/graphql') => raw({ url: `${at}${path}`, body, headers: { authorization: undefined, 'x-internal-auth': auth } });
  const used = internalToken({ body: good });
  expect(parsed(await direct(good, used))).toMatchObject({ status: 200, data: { cases: { nodes: [{}, {}] } } });
  const past = Math.floor(Date.now() / 1000) - 60;
  const sdl = '{"query":"{ _service { sdl } }"}';
  const entities = `{"query":"{ _entities(representations: [{ __typename: \\"Case\\", id: \\"${randomUUID()}\\" }]) { __typename } }"}`;
  const messages = '{"ids":[]}';
  const answers = await Promise.all([
    direct(good, used), direct(good, undefined), direct(good, ''), direct(good, 'x.y'), direct(good, `Bearer ${token}`), direct(good, token), direct(`${good} `, internalToken({ body: good })),
    direct(good, internalToken({ body: good, signer: generateKeyPairSync('ed25519').privateKey })), direct(good, internalToken({ body: good, claims: { aud: 'officials' } })),
    direct(good, internalToken({ body: good, claims: { iss: 'officials' } })), direct(good, internalToken({ body: good, claims: { iss: '__proto__' } })), direct(good, internalToken({ body: good, claims: { iat: past, exp: past + 30 } })),
    direct(good, internalToken({ body: good, claims: { exp: past + 3_600 } })), direct(good, internalToken({ body: good, claims: { isAdmin: true } })), direct(good, internalToken({ body: good }).slice(0, -3)),
    direct(sdl, undefined), direct(entities, undefined), direct(sdl, internalToken({ body: good })), direct('not json', undefined), direct(messages, undefined, '/internal/messages'),
    direct(messages, internalToken({ body: messages }), '/internal/messages'),
  ]);
  expect([...new Set(answers.map(({ status, text }) => `${status} ${text}`))]).toEqual([expect.stringMatching(/^401 .*"UNAUTHENTICATED"/)]);
});
