import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from '../outcome';
import type { Group, Row } from './attack';
import { GOOD } from './documents';
import { register } from './fill-world';
import { FIELD_OF, SUBGRAPHS } from './federation';
import { openFront, refusedStart } from './front';
import { claimsOf } from './people';
import { openClient, registerClient } from './portal-client';
import type { World } from './world';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
interface Jwk {
  readonly keys: readonly (Readonly<Record<string, string>>)[];
}
/** The provider's public key, which everybody may know. */
const publicJwk = (world: World): Readonly<Record<string, string>> => (JSON.parse(readFileSync(world.system.stack.wiring.jwksFile ?? '', 'utf8')) as Jwk).keys[0] ?? {};
const partsOf = (world: World): { head: string; claims: Record<string, unknown>; mac: string } => {
  const [head = '', body = '', mac = ''] = world.tokenOf('office').split('.');
  return { head, claims: JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>, mac };
};
const come = async (world: World, authorization: string | undefined): Promise<string> => outcomeOf(await world.ask('office', GOOD, {}, { headers: { authorization } }));
const bearing = (world: World, tokens: readonly string[]): Promise<string[]> => Promise.all(tokens.map((token) => come(world, `Bearer ${token}`)));
const goodToken = (world: World): Promise<unknown> => world.data('office', GOOD);

/** Everything that could stand in for the secret of HMAC when the public key is known. */
function hmacTokens(world: World): string[] {
  const jwk = publicJwk(world);
  const pem = createPublicKey({ key: jwk as never, format: 'jwk' });
  const secrets = [pem.export({ format: 'pem', type: 'spki' }), pem.export({ format: 'der', type: 'spki' }), Buffer.from(jwk['x'] ?? '', 'base64url'), Buffer.from(jwk['x'] ?? ''), Buffer.from(JSON.stringify(jwk)), Buffer.alloc(0)];
  return ['HS256', 'HS512'].flatMap((alg) => secrets.map((secret) => {
    const text = `${encode({ alg, kid: 'dev', typ: 'JWT' })}.${encode(partsOf(world).claims)}`;
    return `${text}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret as Buffer).update(text).digest('base64url')}`;
  }));
}
const signedBy = (key: KeyObject, head: object, claims: object): string => {
  const text = `${encode(head)}.${encode(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
};
const stranger = generateKeyPairSync('ed25519').privateKey;
const KIDS = ['../../../../dev/null', "dev' UNION SELECT 'x", '/etc/passwd', 'http://evil.example/jwks.json', '', 'constructor', '__proto__', 0, null, ['dev']];

/** Tokens of the true provider that are wrong in one thing. */
async function wrongOnes(world: World): Promise<string[]> {
  const now = Math.floor(Date.now() / 1000);
  const { claims } = partsOf(world);
  const provider = createPrivateKey(readFileSync((world.system.stack.wiring.jwksFile ?? '').replace(/\.jwks\.json$/, ''), 'utf8'));
  const head = { alg: 'EdDSA', kid: 'dev' };
  const make = (more: object): string => signedBy(provider, head, { ...claims, ...more });
  if (!(await come(world, `Bearer ${make({})}`)).startsWith('answered')) return ['a token that is right in all is refused'];
  return bearing(world, [
    { exp: now - 10 }, { exp: 1 }, { exp: '9999999999' }, { exp: undefined }, { exp: null }, { nbf: now + 3_600 }, { iat: now + 3_600 }, { iat: now - 13 * 3_600 }, { iat: undefined }, { iss: 'https://evil.example' }, { iss: undefined }, { iss: [claims['iss']] },
    { aud: 'other' }, { aud: undefined }, { sub: undefined }, { sub: '' }, { sub: '*' }, { sub: 1 }, { sub: "' OR '1'='1" }, { sub: [claims['sub']] }, { unit: '%' }, { unit: { id: claims['unit'] } }, { division: '64%' },
  ].map(make));
}

const MATTER = 'query ($c: String!, $s: String!) { myMatter(queryCode: $c, secret: $s) { __typename ... on AccessRefusal { code } ... on MyMatter { number } } }';
const matter = async (world: World, queryCode: unknown, secret: unknown): Promise<string> => outcomeOf(await world.ask('website', MATTER, { c: queryCode, s: secret }));
const matterWorks = async (world: World): Promise<void> => {
  const { receipt } = await register(world);
  const told = await matter(world, receipt.queryCode, receipt.secret);
  if (!told.startsWith('answered')) throw new Error(told);
};
const guesses = (count: number, code: (n: number) => string): string => `{ ${Array.from({ length: count }, (_none, n) => `g${n}: myMatter(queryCode: "${code(n)}", secret: "${String(100_000 + n)}") { __typename ... on AccessRefusal { code } ... on MyMatter { number } }`).join(' ')} }`;

/** Wrong secrets for one code, then the right one: the code is locked. */
async function sprayed(world: World): Promise<string[]> {
  const { receipt } = await register(world);
  const first = outcomeOf(await world.ask('website', guesses(8, () => receipt.queryCode)));
  return [...first.split(' + '), await matter(world, receipt.queryCode, receipt.secret)];
}

/** So long a right that was taken away may still be believed. */
const PROMISED_MS = 60_000;
/** Asks until all is refused, or the promised time is over. */
async function untilRefused(ask: () => Promise<string[]>): Promise<string[]> {
  let told = await ask();
  for (const end = Date.now() + PROMISED_MS; Date.now() < end && !told.every((one) => one === 'UNAUTHENTICATED'); told = await ask()) await sleep(500);
  return told;
}
async function endedSession(world: World): Promise<string[]> {
  await world.done('admin', 'endSessions', { officialId: claimsOf.ended.sub, reason: '设备遗失，结束会话' });
  return untilRefused(() => Promise.all(SUBGRAPHS.map(async (name) => outcomeOf(await world.ask('ended', FIELD_OF[name] ?? '')))));
}
/** No message is delivered: the gateway asks by itself. */
async function endedUnheard(world: World): Promise<string[]> {
  const { engines } = world.system;
  await engines.killRedis();
  try {
    await world.done('admin', 'endSessions', { officialId: claimsOf.endedUnheard.sub, reason: '设备遗失，结束会话' });
    return await untilRefused(() => Promise.all(SUBGRAPHS.map(async (name) => outcomeOf(await world.ask('endedUnheard', FIELD_OF[name] ?? '')))));
  } finally {
    await engines.restartRedis();
    await world.settled();
    world.takeDeaths();
  }
}
async function revokedKey(world: World): Promise<string[]> {
  const { id, keyId, keyed } = await registerClient(world, { scopes: ['cases:read'], documentsMode: 'MEASURE', documents: [] });
  await world.done('admin', 'revokePortalKey', { clientId: id, keyId });
  return untilRefused(async () => [outcomeOf(await world.ask('office', GOOD, {}, keyed))]);
}
/** What a gateway says that is to believe the development issuer although it is no private one. */
async function devIssuerInEarnest(world: World): Promise<string[]> {
  const earnest: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
    [{ ANJIE_MODE: 'PRODUCTION', NODE_ENV: 'production' }, 'ANJIE_DEV_ISSUER: the development issuer is refused in production'],
    [{ ANJIE_OIDC_ISSUER: 'https://login.example.gov.cn' }, 'ANJIE_OIDC_ISSUER: a real identity provider and ANJIE_DEV_ISSUER=1 exclude each other'],
    [{ ANJIE_HOST: '0.0.0.0' }, 'ANJIE_HOST: with ANJIE_DEV_ISSUER=1 the gateway listens on this machine only'],
  ];
  return Promise.all(earnest.map(async ([env, words]) => {
    const told = await refusedStart(world.system, { ANJIE_DEV_ISSUER: '1', ...env });
    return told?.includes(words) ? 'it does not start' : told?.slice(-400) ?? 'it starts';
  }));
}

const ROWS: readonly Row[] = [
  {
    number: 87, name: 'alg none', expected: 'UNAUTHENTICATED', honest: goodToken,
    attack: (w) => bearing(w, ['none', 'None', 'NONE', ''].flatMap((alg) => [`${encode({ alg })}.${encode(partsOf(w).claims)}.`, `${encode({ alg, kid: 'dev' })}.${encode(partsOf(w).claims)}.${partsOf(w).mac}`, `${encode({ alg })}.${encode(partsOf(w).claims)}`])),
  },
  { number: 88, name: 'HS256 with the public key as its secret', expected: 'UNAUTHENTICATED', attack: (w) => bearing(w, hmacTokens(w)), honest: goodToken },
  {
    number: 89, name: 'a kid that is a path, SQL or an address; a key that the token brings along', expected: 'UNAUTHENTICATED', honest: goodToken,
    attack: (w) => {
      const own = createPublicKey(stranger).export({ format: 'jwk' });
      return bearing(w, [...KIDS.map((kid) => signedBy(stranger, { alg: 'EdDSA', kid }, partsOf(w).claims)), ...[{ jwk: own }, { jku: 'http://evil.example/jwks.json' }, { x5u: 'http://evil.example/x' }, { crit: ['exp'] }].map((more) => signedBy(stranger, { alg: 'EdDSA', kid: 'dev', ...more }, partsOf(w).claims))]);
    },
  },
  { number: 90, name: 'expired, not yet valid, of another issuer or audience, with claims of odd shapes', expected: 'UNAUTHENTICATED', attack: wrongOnes, honest: goodToken },
  { number: 90, name: 'a gateway that is to believe the development issuer in production, beside a real one, or from other machines', expected: 'it does not start', isSlow: true, attack: devIssuerInEarnest, honest: async (w) => (await openFront(w.system, { ANJIE_DEV_ISSUER: '1' })).stop() },
  { number: 91, name: 'a token of somebody who left, or whom the directory never knew', expected: 'UNAUTHENTICATED', attack: async (w) => (await Promise.all((['gone', 'nobody'] as const).map((who) => Promise.all([GOOD, '{ me { id } }', '{ obligations { totalCount } }', '{ referrals { totalCount } }'].map(async (query) => outcomeOf(await w.ask(who, query))))))).flat(), honest: goodToken },
  { number: 91, name: 'a token of a session that was ended, on each subgraph', expected: 'UNAUTHENTICATED', mayChange: true, isSlow: true, attack: endedSession, honest: (w) => w.data('sibling', GOOD) },
  { number: 91, name: 'a token of a session that was ended while Redis is away', expected: 'UNAUTHENTICATED', mayChange: true, isSlow: true, attack: endedUnheard, honest: (w) => w.data('sibling', GOOD) },
  { number: 91, name: 'the key of a portal client that was revoked', expected: 'UNAUTHENTICATED', mayChange: true, isSlow: true, attack: revokedKey, honest: async (w) => outcomeOf(await w.ask('office', GOOD, {}, (await openClient(w, GOOD)).keyed)).startsWith('answered') || Promise.reject(new Error('another key is refused')) },
  { number: 92, name: 'secrets of query codes tried by aliases', expected: ['refused NOT_RECOGNISED', 'refused TRY_LATER'], mayChange: true, attack: sprayed, honest: matterWorks },
  { number: 93, name: 'a hundred secrets in one request, and codes in a row', expected: ['QUERY_TOO_LARGE', 'refused NOT_RECOGNISED'], mayChange: true, attack: async (w) => [outcomeOf(await w.ask('website', guesses(100, () => 'ABCD-EFGH'))), ...outcomeOf(await w.ask('website', guesses(8, (n) => `CODE${n}`))).split(' + ')], honest: matterWorks },
  { number: 94, name: 'a reset token used twice', notApplicable: 'there are no passwords and no reset tokens; a renewed secret of a query code ends the old one (services/cases/test/look-up-matter.test.ts)' },
  { number: 95, name: 'fixation of a session', notApplicable: 'the gateway keeps no sessions and sets no cookies: each request carries its token; the operators\' board makes its session anew at login (packages/ops/test/look-at-board.test.ts)' },
  {
    number: 96, name: '0, true, {} and [] for a token, a secret, a link', expected: ['UNAUTHENTICATED', 'BAD_USER_INPUT', 'NOT_FOUND'], honest: goodToken,
    attack: async (w) => [
      ...(await bearing(w, ['0', 'true', '{}', '[]', 'null', 'undefined', '0.0.0', '1e0.1.1'])), ...(await Promise.all([undefined, '', 'Bearer', 'Bearer ', `Basic ${w.tokenOf('office')}`, w.tokenOf('office')].map((header) => come(w, header)))),
      ...(await Promise.all([0, true, {}, [], null].map((secret) => matter(w, 'ABCD', secret)))), ...(await Promise.all(['0', 'true', '{}', '%00'].map(async (path) => outcomeOf(await w.send({ url: `${w.front().url}/files/cases/${path}`, method: 'GET' }))))),
    ],
  },
  {
    number: 97, name: 'a trailing blank, another case', expected: ['UNAUTHENTICATED', 'answered as ever'], honest: goodToken, mayChange: true,
    async attack(w) {
      const { key, keyed } = await openClient(w, GOOD);
      const withKey = async (text: string): Promise<string> => outcomeOf(await w.ask('office', GOOD, {}, { headers: { 'x-anjie-client-key': text } }));
      const token = w.tokenOf('office');
      const [head = '', body = '', mac = ''] = token.split('.');
      return [...(await Promise.all([key.toLowerCase(), key.toUpperCase(), `${key}.`, key.slice(0, -1), `${key},${key}`].filter((text) => text !== key).map(withKey))), ...(await bearing(w, [`${token}=`, `${token} x`, `${head}.${body}.${mac.toUpperCase()}`, token.toLowerCase(), `${token}.`, `${token}.${randomUUID()}`])),
        outcomeOf(await w.ask('office', GOOD, {}, keyed)).startsWith('answered') ? 'answered as ever' : 'the key itself is refused'];
    },
  },
];

export const TOKEN_ATTACKS: Group = { letter: 'E', from: 87, to: 97, rows: ROWS };
