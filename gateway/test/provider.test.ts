import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { openIssuer, type Issuer } from './issuer';
import { openHouse, OFFICIAL, type House } from './support';

const QUERY = '{ whoami }';
let issuer: Issuer;
let house: House;
beforeEach(async () => {
  issuer = await openIssuer();
  house = await openHouse(provided({ ANJIE_OIDC_ISSUER: issuer.issuer }));
});
afterEach(async () => {
  jest.useRealTimers();
  await house.stop();
  await issuer.close();
});

/** A gateway without the key file and issuer of the usual house. */
function provided(env: Record<string, string>): Record<string, string> {
  return { ANJIE_JWT_ISSUER: undefined, ANJIE_JWKS_FILE: undefined, ...env } as unknown as Record<string, string>;
}
const statusOf = async (token: string): Promise<number> => (await house.ask(QUERY, { token })).status;
/** The clock that tokens, keys and memories are judged by; everything else runs on. */
function later(ms: number): void {
  jest.useFakeTimers({ now: Date.now() + ms, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
}

test('the keys are found by the discovery document, and are fetched once for many tokens', async () => {
  expect(await Promise.all([1, 2, 3].map(async () => statusOf(await issuer.token())))).toEqual([200, 200, 200]);
  expect(issuer.fetches()).toBe(1);
});

test('keys are found at a URL too', async () => {
  const other = await openHouse(provided({ ANJIE_JWT_ISSUER: issuer.issuer, ANJIE_JWKS_URL: `${issuer.issuer}/keys` }));
  const { status } = await other.ask(QUERY, { token: await issuer.token() });
  await other.stop();
  expect(status).toBe(200);
});

test.each<[string, (i: Issuer) => void]>([
  ['names another issuer', (i) => i.describe({ issuer: 'https://evil.example' })],
  ['leads to keys over plain http elsewhere', (i) => i.describe({ jwks_uri: 'http://keys.example/jwks' })],
  ['leads nowhere', (i) => i.describe({ jwks_uri: 'file:///etc/passwd' })],
  ['cannot be had', (i) => i.away(true)],
])('a discovery document that %s: nobody comes in, and it is an outage, not a bad token', async (_what, harm) => {
  harm(issuer);
  expect(await statusOf(await issuer.token())).toBe(503);
});

test('a new key is taken up at once; made-up key ids are looked for once in ten seconds, however many come', async () => {
  expect(await statusOf(await issuer.token())).toBe(200);
  const next = issuer.made('two');
  issuer.publish(next, issuer.key());
  later(11_000);
  expect([await statusOf(await issuer.token(next)), issuer.fetches()]).toEqual([200, 2]);
  const strange = await Promise.all(Array.from({ length: 40 }, (_none, n) => issuer.token({ ...issuer.made(`strange-${n}`) })));
  expect(new Set(await Promise.all(strange.map(statusOf)))).toEqual(new Set([401]));
  expect(issuer.fetches()).toBe(2);
});

test('a key that left the set signs for less than a minute more, a token that was believed a moment before included', async () => {
  const old = issuer.key();
  const token = await issuer.token(old);
  expect(await statusOf(token)).toBe(200);
  issuer.publish(issuer.made('two'));
  // the last moment at which the old set is still believed; the token is then remembered once more
  later(29_000);
  expect(await statusOf(await issuer.token(old))).toBe(200);
  later(24_000);
  expect([await statusOf(token), await statusOf(await issuer.token(old)), await statusOf(await issuer.token())]).toEqual([401, 401, 200]);
});

test('a provider that is away for a while stops nobody whose keys are still fresh, and everybody after that', async () => {
  const token = await issuer.token();
  expect(await statusOf(token)).toBe(200);
  issuer.away(true);
  later(25_000);
  expect(await statusOf(token)).toBe(200);
  later(35_000);
  expect(await statusOf(token)).toBe(503);
  issuer.away(false);
  expect(await statusOf(token)).toBe(200);
});

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each<[string, (i: Issuer) => Promise<string>]>([
  ['of another issuer', (i) => i.token(i.key(), (jwt) => jwt.setIssuer('https://evil.example'))],
  ['of the issuer with a slash', (i) => i.token(i.key(), (jwt) => jwt.setIssuer(`${i.issuer}/`))],
  ['for somebody else', (i) => i.token(i.key(), (jwt) => jwt.setAudience('other'))],
  ['good from six seconds on', (i) => i.token(i.key(), (jwt) => jwt.setNotBefore(Math.floor(Date.now() / 1000) + 8))],
  ['signed in the future', (i) => i.token(i.key(), (jwt) => jwt.setIssuedAt(Math.floor(Date.now() / 1000) + 8))],
  ['expired by more than the skew', (i) => i.token(i.key(), (jwt) => jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 6))],
  ['without a signature', async (i) => `${part({ alg: 'none' })}.${part({ sub: OFFICIAL, iss: i.issuer, aud: 'anjie', exp: 4e9 })}.`],
  ['with a public key as secret', async (i) => {
    const input = `${part({ alg: 'HS256', kid: 'one' })}.${part({ sub: OFFICIAL, iss: i.issuer, aud: 'anjie', iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 60 })}`;
    return `${input}.${createHmac('sha256', i.key().publicKey.export({ format: 'pem', type: 'spki' })).update(input).digest('base64url')}`;
  }],
  ['with a path as key id', (i) => i.token({ ...i.key(), kid: '../../../../etc/passwd' })],
  ['with SQL as key id', (i) => i.token({ ...i.key(), kid: "one' OR '1'='1" })],
  ['with a key in its own header', async (i) => new SignJWT({ roles: ['ADMIN'] }).setProtectedHeader({ alg: 'EdDSA', jwk: { kty: 'OKP' } } as never).setSubject(OFFICIAL).setIssuer(i.issuer).setAudience('anjie').setIssuedAt().setExpirationTime('1h').sign(i.made('x').privateKey)],
])('a token %s is 401 with the one body', async (_what, make) => {
  const { status, text } = await house.ask(QUERY, { token: await make(issuer) });
  expect([status, text]).toEqual([401, '{"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}']);
});

test('clocks that differ by less than the configured skew do no harm, and the moment of signing in is moved back by it', async () => {
  const wide = await openHouse(provided({ ANJIE_OIDC_ISSUER: issuer.issuer, ANJIE_JWT_CLOCK_SKEW: '30' }));
  const iat = Math.floor(Date.now() / 1000) + 20;
  const { status, data } = await wide.ask(QUERY, { token: await issuer.token(issuer.key(), (jwt) => jwt.setIssuedAt(iat).setNotBefore(iat)) });
  const renewed = await wide.ask(QUERY, { token: await issuer.token(issuer.key(), (jwt) => jwt.setIssuedAt(iat), { auth_time: iat - 7_000 }) });
  await wide.stop();
  const signedInAt = (answer: typeof data): unknown => (JSON.parse(String(answer?.['whoami'])) as { signedInAt: number }).signedInAt;
  expect([status, signedInAt(data), signedInAt(renewed.data)]).toEqual([200, iat - 30, iat - 7_030]);
});
