import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  readonly keyringFile: string;
  readonly messageKeyFile: string;
  readonly identityKeyFile: string;
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
  const keyring: Record<string, string> = existsSync(file('keyring.json')) ? (JSON.parse(readFileSync(file('keyring.json'), 'utf8')) as Record<string, string>) : {};
  for (const issuer of issuers) {
    once(`${issuer}.key`, () => {
      const pair = generateKeyPairSync('ed25519');
      keyring[issuer] = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      return pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    });
  }
  writeFileSync(file('keyring.json'), JSON.stringify(keyring, null, 2), { mode: 0o600 });
  const random = (): string => randomBytes(32).toString('base64');
  return {
    keyringFile: file('keyring.json'),
    messageKeyFile: once('message.key', random),
    identityKeyFile: once('identity.key', random),
    privateKeyFile: (issuer) => file(`${issuer}.key`),
  };
}
