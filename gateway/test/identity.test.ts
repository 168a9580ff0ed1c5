import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { ISSUER, OFFICIAL, openHouse, type House } from './support';

const QUERY = '{ whoami }';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('who may come in', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse()));
  afterAll(() => house.stop());

  test('a valid token is answered, and its claims arrive at the subgraph as the viewer', async () => {
    const unit = '7f7c1e0a-6f0f-4e64-8f0e-6b0a3f1f2c11';
    const token = await house.token({ unit, division: '640100', roles: ['JOINT_OFFICE', 'of-another-system'], locale: 'en' });
    const { status, data } = await house.ask(QUERY, { token });
    expect(status).toBe(200);
    expect(JSON.parse(String(data?.['whoami']))).toEqual({ kind: 'OFFICIAL', subject: OFFICIAL, unitId: unit, divisionCode: '640100', roles: ['JOINT_OFFICE'], locale: 'en', signedInAt: expect.any(Number) as number });
  });

  test('the locale comes from Accept-Language when the token names none', async () => {
    const { data } = await house.ask(QUERY, { headers: { 'accept-language': 'en-GB,zh;q=0.5' } });
    expect(JSON.parse(String(data?.['whoami'])).locale).toBe('en');
  });

  test('every kind of bad token gets 401 with one and the same body', async () => {
    const bodies = new Set<string>();
    for (const [kind, token] of Object.entries(await badTokens(house))) {
      const before = house.cases.seen.length;
      const { status, text } = await house.ask(QUERY, { token });
      expect([kind, status, house.cases.seen.length]).toEqual([kind, 401, before]);
      bodies.add(text);
    }
    expect([...bodies]).toEqual(['{"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}']);
  });

  test('when a subgraph says that the session is over, nothing of what the others answered is shown', async () => {
    const { status, text } = await house.ask('{ over cases(first: 1) { nodes { id title } } }');
    expect([status, text]).toEqual([401, '{"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}']);
    expect((await house.ask('{ cases(first: 1) { nodes { id } } }')).status).toBe(200);
  });

  test('a client cannot hand in an internal token or a viewer', async () => {
    await house.ask(QUERY, { headers: { 'x-internal-auth': 'forged', 'x-viewer-id': 'boss', 'apollo-federation-include-trace': 'ftv1', cookie: 'a=b' } });
    const headers = house.cases.seen.at(-1)?.headers ?? {};
    expect(headers['x-internal-auth']).not.toBe('forged');
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host', 'x-internal-auth', 'x-request-id']);
  });

  test('each subgraph call carries its own token for that subgraph, this request and this body', async () => {
    const from = house.cases.seen.length;
    const { data, status } = await house.ask('{ cases(first: 2) { nodes { id title sponsor { name } } } }', { headers: { 'x-request-id': 'request-0001' } });
    expect(status).toBe(200);
    expect(data).toMatchObject({ cases: { nodes: [{ sponsor: { name: 'official of 0' } }, { sponsor: { name: 'official of 1' } }] } });
    expect(house.cases.seen.slice(from).map(({ claims }) => [claims?.iss, claims?.aud, claims?.requestId])).toEqual([['gateway', 'cases', 'request-0001']]);
    expect(house.officials.seen.at(-1)?.claims).toMatchObject({ aud: 'officials', requestId: 'request-0001', viewer: { subject: OFFICIAL } });
  });
});

async function badTokens(house: House): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: OFFICIAL, iss: ISSUER, aud: 'anjie', iat: now, exp: now + 300, roles: [] };
  const hmacInput = `${part({ alg: 'HS256', kid: 'k1' })}.${part(claims)}`;
  const publicPem = house.keys.publicKey.export({ format: 'pem', type: 'spki' });
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const good = await house.token();
  const [header, , signature] = good.split('.');
  return {
    missing: '',
    garbage: 'abc.def.ghi',
    none: `${part({ alg: 'none' })}.${part(claims)}.`,
    'none, signed': `${part({ alg: 'none' })}.${part(claims)}.AAAA`,
    'HS256 with the public key': `${hmacInput}.${createHmac('sha256', publicPem).update(hmacInput).digest('base64url')}`,
    'wrong issuer': await house.token({}, (jwt) => jwt.setIssuer('https://evil.example')),
    'wrong audience': await house.token({}, (jwt) => jwt.setAudience('other')),
    expired: await house.token({}, (jwt) => jwt.setExpirationTime(now - 6)),
    'no exp': await new SignJWT({ roles: [] }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setSubject(OFFICIAL).setIssuer(ISSUER).setAudience('anjie').setIssuedAt().sign(house.keys.privateKey),
    'not yet valid': await house.token({}, (jwt) => jwt.setNotBefore(now + 60)),
    'too old': await house.token({}, (jwt) => jwt.setIssuedAt(now - 13 * 3600)),
    'unknown kid': await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: '../../etc/passwd' }).sign(house.keys.privateKey),
    "a stranger's key": await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(stranger),
    'changed claims': `${header}.${part({ ...claims, roles: ['ADMIN'] })}.${signature}`,
    'no subject': await house.token({}, (jwt) => jwt.setSubject('')),
    'a unit that is no id': await house.token({ unit: "1' OR '1'='1" }),
    'a division that is no code': await house.token({ division: '64%' }),
  };
}
