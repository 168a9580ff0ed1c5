import { outcomeOf } from '../outcome';
import { sendBytes, type Sent } from '../wire';
import type { Group, Row } from './attack';
import { bodyTold, GOOD } from './documents';
import { petition } from './fill-world';
import { openFront, PORTAL_ORIGIN } from './front';
import { internalToken } from './internal-token';
import { claimsOf } from './people';
import { mutationText } from './schema-words';
import { key, type World } from './world';

const good = JSON.stringify({ query: GOOD });
const graph = (world: World, part: Partial<Sent> & { readonly path?: string }) =>
  world.send({ url: `${world.front().url}/graphql${part.path ?? ''}`, ...part, headers: { authorization: `Bearer ${world.tokenOf('office')}`, ...part.headers } });
const bodyWorks = async (world: World): Promise<void> => {
  const told = await bodyTold(world, good);
  if (!told.startsWith('answered')) throw new Error(told);
};
const typed = (type: string | undefined, body: string) => async (world: World): Promise<string> => outcomeOf(await graph(world, { body, headers: { 'content-type': type } }));
const multipart = ['--x', 'Content-Disposition: form-data; name="operations"', '', good, '--x', 'Content-Disposition: form-data; name="map"', '', '{}', '--x--', ''].join('\r\n');

/** What a GET brings, in all the ways that a page can make a browser send one. */
const got = async (world: World, query: string, headers: Readonly<Record<string, string | undefined>> = {}): Promise<string> =>
  outcomeOf(await graph(world, { method: 'GET', path: `?query=${encodeURIComponent(query)}`, headers: { 'content-type': undefined, 'content-length': undefined, ...headers } }));
const mutationByGet = (): string => mutationText('registerPetition').replace('$input: RegisterPetitionInput!', '').replace('()', '').replace('(input: $input)', `(input: ${literal({ idempotencyKey: key(), ...petition() })})`);
/** An input as it stands in a document. */
const literal = (value: unknown, name = ''): string => {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one)).join()}]`;
  if (typeof value === 'object' && value !== null) return `{ ${Object.entries(value).map(([field, part]) => `${field}: ${literal(part, field)}`).join(' ')} }`;
  return ['channel', 'purpose'].includes(name) ? String(value) : JSON.stringify(value);
};

/** What a browser would let the page of this origin do. */
async function corsFor(world: World, origin: string): Promise<string[]> {
  const ask = async (method: string): Promise<string> => {
    const { headers } = await graph(world, { method, body: method === 'POST' ? good : '', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
    const allowed = headers['access-control-allow-origin'];
    return allowed === undefined && headers['access-control-allow-credentials'] === undefined ? 'not allowed' : `allowed for ${allowed}`;
  };
  return Promise.all([ask('OPTIONS'), ask('POST')]);
}
const FOREIGN = ['https://evil.example', 'null', `${PORTAL_ORIGIN}.evil.example`, 'https://evil-portal.example.gov.cn', PORTAL_ORIGIN.replace('https', 'http'), `${PORTAL_ORIGIN}:8443`, PORTAL_ORIGIN.toUpperCase(), '*', `${PORTAL_ORIGIN},https://evil.example`];

const head = (world: World, ...lines: string[]): string => ['POST /graphql HTTP/1.1', 'Content-Type: application/json', `Authorization: Bearer ${world.tokenOf('office')}`, ...lines, '', ''].join('\r\n');
/** Bytes that two readers understand in two ways, with a second request behind them that must not be run. */
async function smuggled(world: World): Promise<string[]> {
  const second = head(world, 'Host: gateway', `Content-Length: ${good.length}`) + good;
  const tries = [
    [`Host: gateway`, `Content-Length: ${good.length}`, 'Transfer-Encoding: chunked'], ['Host: gateway', 'Transfer-Encoding: chunked', 'Content-Length: 4'], ['Host: gateway', 'Content-Length: 5', `Content-Length: ${good.length}`],
    ['Host: gateway', 'Transfer-Encoding: chunked, identity'], ['Host: gateway', 'Transfer-Encoding: xchunked'], ['Host: gateway', 'Content-Length: +22'],
  ];
  const [doubles, rest] = [['Host: gateway', 'Host: evil.example', `Content-Length: ${good.length}`], ['Host: gateway', 'Authorization: Bearer a.b.c', `Content-Length: ${good.length}`]];
  const answers = await Promise.all([...tries.map((lines) => `${head(world, ...lines)}0\r\n\r\n${second}`), ...[doubles, rest].map((lines) => head(world, ...lines) + good)].map((bytes) => sendBytes(world.front().port, bytes)));
  return answers.map(({ statuses }) => (/^(400|411|501)$/.test(statuses.join()) ? 'one refusal' : `answered ${statuses.join() || 'nothing'}`));
}
/** Whoever writes the header x-forwarded-for anew each time is counted as one all the same; others go on. */
async function spoofedAddress(world: World): Promise<string> {
  // counts for itself: what others tried a moment ago is not its own
  const strict = await openFront(world.system, { ANJIE_BUDGET_FAILURE: '5/60', ANJIE_REDIS_URL: undefined });
  try {
    const told: string[] = [];
    for (let n = 0; n < 8; n += 1) told.push(outcomeOf(await world.send({ url: `${strict.url}/graphql`, body: good, headers: { authorization: 'Bearer a.b.c', 'x-forwarded-for': `10.1.1.${n}`, 'x-real-ip': `10.1.2.${n}`, forwarded: `for=10.1.3.${n}` } })));
    const honest = outcomeOf(await world.ask('office', GOOD, {}, { url: strict.url }));
    return told.slice(0, 5).every((one) => one === 'UNAUTHENTICATED') && told.slice(5).every((one) => one === 'RATE_LIMITED') && honest.startsWith('answered') ? 'counted as one' : `${told.join()} and ${honest}`;
  } finally {
    await strict.stop();
  }
}

/** Headers by which a stranger would like to be somebody else. */
const BORROWED = (world: World): Readonly<Record<string, string>> => ({
  'x-internal-auth': internalToken(world.system, { who: claimsOf.office, body: good, audience: 'cases' }), 'x-viewer-roles': 'ADMIN,JOINT_OFFICE', 'x-viewer-subject': claimsOf.office.sub, 'x-viewer-unit': String(claimsOf.office.unit),
  'apollo-federation-include-trace': 'ftv1', 'apollo-query-plan-experimental': '1', 'x-forwarded-user': claimsOf.office.sub, 'x-apollo-operation-name': 'x',
});

const ROWS: readonly Row[] = [
  { number: 33, name: 'POST of text/plain', expected: 'UNSUPPORTED_MEDIA_TYPE', attack: async (w) => [await typed('text/plain', good)(w), await typed(undefined, good)(w), await typed('text/plain;application/json', good)(w)], honest: bodyWorks },
  { number: 34, name: 'POST of a form, urlencoded', expected: 'UNSUPPORTED_MEDIA_TYPE', attack: typed('application/x-www-form-urlencoded', `query=${encodeURIComponent(GOOD)}`), honest: bodyWorks },
  { number: 35, name: 'POST of a multipart form without a preflight', expected: 'UNSUPPORTED_MEDIA_TYPE', attack: typed('multipart/form-data; boundary=x', multipart), honest: bodyWorks },
  { number: 36, name: 'GET of a query', expected: 'NOT_FOUND', attack: (w) => got(w, GOOD), honest: bodyWorks },
  { number: 37, name: 'GET of a query as text/plain (GHSA-9q82-xgwf-vj6h)', expected: 'NOT_FOUND', attack: (w) => Promise.all(['text/plain', 'text/plain; charset=utf-8', 'application/x-www-form-urlencoded', 'application/json'].map((type) => got(w, GOOD, { 'content-type': type }))), honest: bodyWorks },
  { number: 38, name: 'GET of a mutation', expected: 'NOT_FOUND', attack: (w) => got(w, mutationByGet()), honest: (w) => w.done('clerk', 'registerPetition', petition()) },
  {
    number: 39, name: 'pages of other origins: evil, null, look-alikes', expected: 'not allowed', attack: async (w) => (await Promise.all(FOREIGN.map((origin) => corsFor(w, origin)))).flat(),
    honest: async (w) => (await corsFor(w, PORTAL_ORIGIN)).every((one) => one === `allowed for ${PORTAL_ORIGIN}`) || Promise.reject(new Error('the portal\'s own page is not allowed')),
  },
  {
    number: 40, name: 'headers that say another method or another path', expected: 'NOT_FOUND', honest: bodyWorks,
    attack: async (w) => Promise.all([
      ...['x-http-method-override', 'x-http-method', 'x-method-override'].map((name) => got(w, `${GOOD}&_method=POST`, { [name]: 'POST' })),
      ...['x-original-url', 'x-rewrite-url', 'x-forwarded-prefix'].map(async (name) => outcomeOf(await w.send({ url: `${w.front().url}/nothing`, body: good, headers: { authorization: `Bearer ${w.tokenOf('office')}`, [name]: '/graphql' } }))),
    ]),
  },
  { number: 41, name: 'requests smuggled by two lengths, two hosts, chunks beside a length', isSlow: true, expected: 'one refusal', attack: smuggled, honest: bodyWorks },
  { number: 41, name: 'another address in each request to escape the rate limit', expected: 'counted as one', attack: spoofedAddress, honest: bodyWorks, isSlow: true },
  {
    number: 42, name: 'internal headers from outside', expected: 'the same as without them', honest: bodyWorks,
    async attack(w) {
      const [query, token] = ['{ cases(first: 5) { totalCount nodes { id } } me { id } }', { authorization: undefined }];
      const [plain, borrowed, alone] = [await w.ask('plain', query), await w.ask('plain', query, {}, { headers: BORROWED(w) }), await w.ask('plain', query, {}, { headers: { ...BORROWED(w), ...token } })];
      const sent = Object.keys(borrowed.headers).filter((name) => /internal|viewer|trace|powered|^server$/.test(name));
      return [borrowed.text === plain.text && sent.length === 0 ? 'the same as without them' : `${borrowed.text} with ${sent.join()}`, outcomeOf(alone) === 'UNAUTHENTICATED' ? 'the same as without them' : outcomeOf(alone)];
    },
  },
];

export const HTTP_ATTACKS: Group = { letter: 'B', from: 33, to: 42, rows: ROWS };
