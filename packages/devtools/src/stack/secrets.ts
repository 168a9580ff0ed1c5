import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  readonly keyringFile: string;
  readonly messageKeyFile: string;
  readonly identityKeyFile: string;
  readonly auditKeyFile: string;
  privateKeyFile(issuer: string): string;
}

/** Keys of a system in one folder; made once, never overwritten. In production an operator may put their own files there. */
export function ensureSecrets(dir: string, issuers: readonly string[]): Secrets {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(dir, name);
  const once = (name: string, make: () => string): string => {
    if (!existsSync(file(name))) writeFileSync(file(name), make(), { mode: 0o600 });
    return file(name);
  };
  const keyring = Object.fromEntries(
    issuers.map((issuer) => [issuer, publicKeyOf(readFileSync(once(`${issuer}.key`, newPrivateKey), 'utf8'))]),
  );
  writeFileSync(file('keyring.json'), JSON.stringify(keyring, null, 2), { mode: 0o600 });
  const random = (): string => randomBytes(32).toString('base64');
  return {
    keyringFile: file('keyring.json'),
    messageKeyFile: once('message.key', random),
    identityKeyFile: once('identity.key', random),
    auditKeyFile: once('audit.key', random),
    privateKeyFile: (issuer) => file(`${issuer}.key`),
  };
}

const newPrivateKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

/** The keyring follows from the private keys, so a lost keyring is made again. */
function publicKeyOf(privateKeyBase64: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKeyBase64, 'base64'), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
}
