import { generateKeyPairSync, createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SignJWT, exportJWK } from 'jose';
import { DEV_ISSUER } from '@anjie/access/identity-provider';

export { DEV_ISSUER };

export const AUDIENCE = 'anjie';

/** Signs tokens for people of the demo and of tests. The gateway refuses to trust it in production. */
export async function openDevIssuer(keyFile: string) {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  }
  const key = createPrivateKey(readFileSync(keyFile, 'utf8'));
  const jwksFile = `${keyFile}.jwks.json`;
  const jwk = { ...(await exportJWK(createPublicKey(key))), kid: 'dev', alg: 'EdDSA', use: 'sig' };
  writeFileSync(jwksFile, JSON.stringify({ keys: [jwk] }));
  return {
    jwksFile,
    /** A token good for `hours` (8 unless told). */
    tokenFor: (claims: Readonly<Record<string, unknown>>, hours = 8): Promise<string> =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'dev' }).setIssuer(DEV_ISSUER).setAudience(AUDIENCE).setIssuedAt().setExpirationTime(`${hours}h`).sign(key),
  };
}
export type DevIssuer = Awaited<ReturnType<typeof openDevIssuer>>;
