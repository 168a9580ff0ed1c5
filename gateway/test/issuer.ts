import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { OFFICIAL } from './support';

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A small identity provider over HTTP: discovery document, key set, tokens; its keys can be changed and it can be away. */
export async function openIssuer() {
  const made = (kid: string): Key => ({ kid, ...generateKeyPairSync('ed25519') });
  let published: Key[] = [made('one')];
  let document: Record<string, unknown> = {};
  let isAway = false;
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (isAway) return void response.writeHead(503).end();
    if (request.url === '/realm/.well-known/openid-configuration') return void response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, ...document }));
    if (request.url !== '/realm/keys') return void response.writeHead(404).end();
    void Promise.all(published.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }))).then((keys) => response.end(JSON.stringify({ keys })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
  return {
    issuer,
    key: (): Key => published[0] as Key,
    /** The set from now on. */
    publish: (...keys: Key[]): void => void (published = keys),
    made,
    describe: (part: Record<string, unknown>): void => void (document = part),
    away: (is: boolean): void => void (isAway = is),
    /** Fetches of the key set so far. */
    fetches: (): number => asked.filter((path) => path === '/realm/keys').length,
    token: (key: Key = published[0] as Key, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, claims: Record<string, unknown> = {}): Promise<string> =>
      change(new SignJWT({ roles: ['UNIT_HANDLER'], ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: key.kid }).setSubject(OFFICIAL).setIssuer(issuer).setAudience('anjie').setIssuedAt().setExpirationTime('1h')).sign(key.privateKey),
    close: () => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}
export type Issuer = Awaited<ReturnType<typeof openIssuer>>;
