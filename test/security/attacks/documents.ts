import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { outcomeOf } from '../outcome';
import { sendBytes, type Reply } from '../wire';
import type { Group, Row } from './attack';
import { claimsOf } from './people';
import { openClient, openNarrowClient } from './portal-client';
import { mutationText } from './schema-words';
import type { World } from './world';

export const many = (count: number, text: (n: number) => string): string => Array.from({ length: count }, (_none, n) => text(n)).join(' ');
/** What a joint office got for a document. */
const told = async (world: World, query: string, variables: object = {}): Promise<string> => outcomeOf(await world.ask('office', query, variables));
const allTold = (world: World, queries: readonly string[]): Promise<string[]> => Promise.all(queries.map((query) => told(world, query)));
export const GOOD = '{ cases(first: 1) { totalCount nodes { id } } }';
const works = (query: string, variables: object = {}) => (world: World): Promise<unknown> => world.data('office', query, variables);
const developerMay = (query: string) => (world: World): Promise<unknown> => world.data('developer', query);

/** Sends a body as it is. */
export const bodyTold = async (world: World, body: string | Buffer, headers: Readonly<Record<string, string | undefined>> = {}): Promise<string> => outcomeOf(await sendBody(world, body, headers));
const sendBody = (world: World, body: string | Buffer, headers: Readonly<Record<string, string | undefined>> = {}, isChunked = false): Promise<Reply> =>
  world.send({ url: `${world.front().url}/graphql`, body, isChunked, headers: { authorization: `Bearer ${world.tokenOf('office')}`, ...headers } });
const good = JSON.stringify({ query: GOOD });
const bodyWorks = async (world: World): Promise<void> => {
  const told = await bodyTold(world, good, { 'content-type': 'application/json; charset=utf-8' });
  if (!told.startsWith('answered')) throw new Error(told);
};
const introspections = ['query { ...F } fragment F on Query { x: __schema { types { name } } }', '{ ... on Query { a: __type(name: "Query") { name } } }', 'query A { me { id } b: __schema { directives { name } } }'];
const deep = (levels: number): string => `{ cases(first: 1) { nodes { ${'referrals(first: 1) { nodes { case { '.repeat(levels)} id ${'} } } '.repeat(levels)} } } }`;
const circular = (levels: number): string => `{ __schema { types { ${'fields { type { '.repeat(levels)} name ${'} } '.repeat(levels)} } } }`;
const bomb = (levels: number): string => `{ ...f0 } ${many(levels, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f${levels} on Query { me { id } }`;
const tenOperations = many(10, (n) => `query Q${n} { me { id } }`);
/** GHSA-q2f9-x4p4-7xmh and GHSA-p2q6-pwh5-m6jr: fragments that a planner spreads out again and again. */
const plannerBomb = (fragments: number): string => `{ cases(first: 1) { nodes { ...p0 } } } ${many(fragments, (n) => `fragment p${n} on Case { leadUnit { name } sponsorship { official { name } } referrals(first: 1) { nodes { case { ...p${n + 1} } toUnit { name } } } ...p${n + 1} }`)} fragment p${fragments} on Case { id }`;

const DOCUMENT = 'query Listed($n: Int) { cases(first: $n) { totalCount } }';
/** A client that may read cases asks for other things, by themselves and beside what it may; and as whoever may do them without it. */
async function beyondScopes(world: World): Promise<string[]> {
  const { keyed } = await openNarrowClient(world);
  const queries = ['{ me { id } }', '{ cases(first: 1) { totalCount } me { id } }', '{ ...F } fragment F on Query { x: obligations(first: 1) { totalCount } }', 'query A { referrals(first: 1) { totalCount } }'];
  const acts = [mutationText('sendReferral'), mutationText('revealPetitioner'), mutationText('registerPetition')];
  const told = await Promise.all([...queries, ...acts].map(async (query) => outcomeOf(await world.ask('housing', query, { input: { idempotencyKey: 'attack-beyond', caseId: claimsOf.housing.sub } }, keyed))));
  const file = await world.send({ url: `${world.front().url}/files?purpose=CASE_ATTACHMENT`, body: '%PDF-1.7', headers: { ...keyed.headers, authorization: `Bearer ${world.tokenOf('housing')}`, 'content-type': 'application/octet-stream', 'x-file-name': 'a.pdf' } });
  return [...told, outcomeOf(file)];
}

const ROWS: readonly Row[] = [
  { number: 1, name: 'introspection by __schema', expected: 'FORBIDDEN', attack: (w) => told(w, '{ __schema { queryType { name } } }'), honest: developerMay('{ __schema { queryType { name } } }') },
  { number: 2, name: 'introspection by __type', expected: 'FORBIDDEN', attack: (w) => told(w, '{ __type(name: "Case") { fields { name } } }'), honest: developerMay('{ __type(name: "Case") { name } }') },
  { number: 3, name: 'introspection through fragment and alias', expected: 'FORBIDDEN', attack: (w) => allTold(w, introspections), honest: developerMay(introspections[0] ?? '') },
  {
    number: 4, name: 'misspelt names get no suggestion', expected: 'BAD_USER_INPUT', honest: works('{ cases(filter: { search: "办证" }) { totalCount } }'),
    attack: (w) => allTold(w, ['{ casez { totalCount } }', '{ cases { totalCuont } }', '{ cases(frist: 1) { totalCount } }', '{ cases(filter: { serch: "x" }) { totalCount } }', '{ cases(filter: { status: REGISTRED }) { totalCount } }', '{ ... on Qery { __typename } }', 'query ($f: CaseFiltr) { cases(filter: $f) { totalCount } }', '{ me @inclued(if: true) { id } }']),
  },
  { number: 5, name: '101 aliases of __typename', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ ${many(101, (n) => `a${n}: __typename`)} }`), honest: works('{ a: __typename b: __typename }') },
  { number: 5, name: '101 aliases below the root', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ me { ${many(101, (n) => `a${n}: id`)} } }`), honest: works('{ me { a: id b: id } }') },
  { number: 6, name: '1,000 aliases of one root field', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ ${many(1_000, (n) => `a${n}: cases { totalCount }`)} }`), honest: works('{ a: cases { totalCount } b: cases(filter: { unresolved: true }) { totalCount } }') },
  { number: 7, name: 'aliases spread over 50 fragments', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ ${many(50, (n) => `...f${n}`)} } ${many(50, (n) => `fragment f${n} on Query { x${n}: me { id } y${n}: me { name } }`)}`), honest: works('{ ...f } fragment f on Query { x: me { id } }') },
  { number: 8, name: '10,000 repeated fields', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ me { ${many(10_000, () => 'id')} } }`), honest: works('{ me { id id id } }') },
  { number: 8, name: '5,000 tokens that are no fields', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `mutation { markNotificationsRead(input: { idempotencyKey: "attack-tokens", notificationIds: [${many(5_000, () => '"x"')}] }) { __typename } }`), honest: works('{ me { id name } }') },
  { number: 9, name: 'unknown directives, ten and a hundred', expected: ['BAD_USER_INPUT', 'QUERY_TOO_LARGE'], attack: (w) => allTold(w, [`{ me ${many(10, (n) => `@d${n}`)} { id } }`, `{ me ${many(100, () => '@a')} { id } }`]), honest: works('{ me @include(if: true) { id } }') },
  { number: 10, name: '2,000 times @skip', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `{ me ${many(2_000, () => '@skip(if: false)')} { id } }`), honest: works('{ me @skip(if: false) { id } }') },
  { number: 11, name: 'depth 50 by case, referral, case', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, deep(16)), honest: works('{ cases(first: 1) { nodes { referrals(first: 1) { nodes { case { id } } } } } }') },
  { number: 12, name: 'circular fragments', expected: 'BAD_USER_INPUT', attack: (w) => allTold(w, ['{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', '{ me { ...s } } fragment s on Official { id ...s }']), honest: works('{ ...a } fragment a on Query { ...b } fragment b on Query { me { id } }') },
  { number: 13, name: 'circular introspection', expected: ['FORBIDDEN', 'QUERY_TOO_LARGE', 'BAD_USER_INPUT'], attack: async (w) => [await told(w, circular(8)), outcomeOf(await w.ask('developer', circular(12)))], honest: developerMay(circular(1)) },
  { number: 14, name: 'a fragment bomb of 2^20', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, bomb(20)), honest: works(bomb(2)) },
  { number: 15, name: 'an array batch of 100 operations', expected: 'BAD_USER_INPUT', attack: (w) => bodyTold(w, `[${Array.from({ length: 100 }, () => good).join()}]`), honest: bodyWorks },
  {
    number: 16, name: 'ten operations without a name, and a wrong name', expected: 'BAD_USER_INPUT', honest: (w) => bodyTold(w, JSON.stringify({ query: tenOperations, operationName: 'Q3' })).then((got) => got.startsWith('answered') || Promise.reject(new Error(got))),
    attack: (w) => Promise.all([{}, { operationName: 'Q10' }, { operationName: '__proto__' }].map((more) => bodyTold(w, JSON.stringify({ query: tenOperations, ...more })))),
  },
  { number: 17, name: 'a body of 10 MB, with a length and in chunks', expected: 'PAYLOAD_TOO_LARGE', attack: async (w) => [await bodyTold(w, Buffer.alloc(10_000_000, 0x20)), outcomeOf(await sendBody(w, Buffer.alloc(10_000_000, 0x20), {}, true))], honest: bodyWorks },
  { number: 18, name: 'a gzip bomb of 1:1000', expected: 'UNSUPPORTED_MEDIA_TYPE', attack: (w) => bodyTold(w, gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'content-encoding': 'gzip' }), honest: bodyWorks },
  { number: 19, name: 'exotic charsets', expected: 'UNSUPPORTED_MEDIA_TYPE', attack: (w) => Promise.all(['utf-7', 'utf-16', 'gb18030', 'utf-8; charset=utf-7', 'x'.repeat(2_000)].map((charset) => bodyTold(w, good, { 'content-type': `application/json; charset=${charset}` }))), honest: bodyWorks },
  { number: 20, name: 'JSON nested 10,000 deep', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all([`{"query":"{ __typename }","variables":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`, '['.repeat(10_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`].map((body) => bodyTold(w, body))), honest: bodyWorks },
  {
    number: 21, name: 'JSON keys that stand twice', expected: 'BAD_USER_INPUT', honest: bodyWorks,
    attack: (w) => Promise.all(['{"query":"{ __typename }","query":"{ me { id } }"}', '{"query":"{ __typename }","variables":{"a":1,"a":2}}', '{"query":"{ __typename }","\\u0071uery":"{ me { id } }"}'].map((body) => bodyTold(w, body))),
  },
  { number: 22, name: 'a query that is a number, a list or null', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all([1, ['{ __typename }'], null, true, {}, ''].map((query) => bodyTold(w, JSON.stringify({ query })))), honest: bodyWorks },
  { number: 23, name: '10,000 unused variables', expected: 'QUERY_TOO_LARGE', attack: (w) => told(w, `query (${many(10_000, (n) => `$a${n}: Int`)}) { me { id } }`), honest: works('query ($n: Int) { cases(first: $n) { totalCount } }', { n: 1 }) },
  {
    number: 24, name: 'a list argument of 100,000 ids, and of as many as fit', expected: ['PAYLOAD_TOO_LARGE', 'BAD_USER_INPUT', 'QUERY_TOO_LARGE', 'refused NOT_FOUND'], honest: (w) => w.done('housing', 'markNotificationsRead', { notificationIds: [w.known.open.notificationId] }),
    attack: (w) => Promise.all([100_000, 4_000].map(async (n) => outcomeOf(await w.act('housing', 'markNotificationsRead', { notificationIds: Array.from({ length: n }, () => '00000000-0000-4000-8000-000000000000') })))),
  },
  { number: 25, name: '@defer and @stream', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all(['{ ... @defer { cases { totalCount } } }', '{ cases(first: 1) { nodes @stream(initialCount: 0) { id } } }'].map((query) => bodyTold(w, JSON.stringify({ query }), { accept: 'multipart/mixed; deferSpec=20220824' }))), honest: bodyWorks },
  {
    number: 26, name: 'automatic persisted queries', expected: 'BAD_USER_INPUT', honest: bodyWorks,
    attack: (w) => Promise.all([createHash('sha256').update(GOOD).digest('hex'), '0'.repeat(64), 'x'].flatMap((sha256Hash) => [{ query: GOOD }, {}].map((more) => bodyTold(w, JSON.stringify({ ...more, extensions: { persistedQuery: { version: 1, sha256Hash } } }))))),
  },
  {
    number: 27, name: 'an operation that is not on the list of its client', expected: 'PERSISTED_QUERY_REQUIRED', mayChange: true,
    async attack(w) {
      const { keyed } = await openClient(w, DOCUMENT);
      return Promise.all([GOOD, `${DOCUMENT} `, 'not graphql', '{ __typename }'].map(async (query) => outcomeOf(await w.ask('office', query, {}, keyed))));
    },
    honest: async (w) => outcomeOf(await w.ask('office', DOCUMENT, { n: 1 }, (await openClient(w, DOCUMENT)).keyed)).startsWith('answered') || Promise.reject(new Error('the listed document is refused')),
  },
  {
    number: 28, name: 'the hash of a listed document with more beside it', expected: ['the same answer', 'BAD_USER_INPUT', 'PERSISTED_QUERY_REQUIRED'], mayChange: true,
    async attack(w) {
      const { keyed } = await openClient(w, DOCUMENT);
      const documentId = `sha256:${createHash('sha256').update(DOCUMENT).digest('hex')}`;
      const plain = await bodyTold(w, JSON.stringify({ documentId, variables: { n: 1 } }), keyed.headers);
      const others = [{ documentId, variables: { n: 1, isAdmin: true, filter: {} } }, { documentId, query: GOOD }, { documentId: documentId.toUpperCase() }, { documentId: `${documentId} ` }, { documentId, variables: { n: 'x' } }];
      return Promise.all(others.map(async (body) => bodyTold(w, JSON.stringify(body), keyed.headers).then((got) => (got === plain && got.startsWith('answered') ? 'the same answer' : got))));
    },
    honest: bodyWorks,
  },
  {
    number: 28, name: 'a portal client beyond its scopes', expected: 'FORBIDDEN', mayChange: true, isSlow: true, attack: beyondScopes,
    honest: async (w) => outcomeOf(await w.ask('office', GOOD, {}, (await openNarrowClient(w)).keyed)).startsWith('answered') || Promise.reject(new Error('what the scopes allow is refused')),
  },
  { number: 29, name: 'named fragments that keep a planner busy', expected: ['QUERY_TOO_LARGE', 'BAD_USER_INPUT'], attack: (w) => allTold(w, [plannerBomb(12), plannerBomb(30)]), honest: works(plannerBomb(1)) },
  {
    number: 30, name: 'aliases __proto__ and constructor', expected: 'nothing is polluted', honest: works(GOOD),
    async attack(w) {
      const ask = (query: string) => w.ask('office', query).then(({ text }) => text);
      const before = await ask('{ me { id } cases(first: 1) { totalCount } }');
      for (const query of ['{ __proto__: cases(first: 1) { nodes { id } } }', '{ constructor: me { prototype: id } }', '{ me { __proto__: id constructor: name } }', '{ cases(first: 1) { nodes { __proto__: leadUnit { isAdmin: id } } } }']) await ask(query);
      return (await ask('{ me { id } cases(first: 1) { totalCount } }')) === before ? 'nothing is polluted' : 'another answer afterwards';
    },
  },
  {
    number: 31, name: 'a head and a body that come byte by byte', expected: ['408', '504'], honest: bodyWorks, isSlow: true,
    async attack(w) {
      const [lazyHead, lazyBody] = [`POST /graphql HTTP/1.1\r\nHost: gateway\r\nX-Slow: `, `POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nAuthorization: Bearer ${w.tokenOf('office')}\r\nContent-Length: 100\r\n\r\n{"query":`];
      const ends = Promise.all([lazyHead, lazyBody].map(async (bytes) => (await sendBytes(w.front().port, bytes, 40_000)).statuses.join() || 'no answer'));
      await bodyWorks(w);
      return ends;
    },
  },
  {
    number: 32, name: 'NUL, UTF-16 and half characters in and around a document', expected: ['BAD_USER_INPUT', 'UNSUPPORTED_MEDIA_TYPE'], honest: works('\uFEFF{ cases { totalCount } }'),
    attack: (w) => Promise.all([
      bodyTold(w, JSON.stringify({ query: '{ me { id } \u0000 }' })), bodyTold(w, JSON.stringify({ query: '{ me { id } } # \ud800' })), bodyTold(w, Buffer.from(good, 'utf16le')),
      bodyTold(w, Buffer.from(good, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }), bodyTold(w, Buffer.concat([Buffer.from('{"query":"{ __typename #'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')])),
    ]),
  },
];

export const DOCUMENT_ATTACKS: Group = { letter: 'A', from: 1, to: 32, rows: ROWS };
