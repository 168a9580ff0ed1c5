import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { canonicalJson } from '@anjie/service-kit/database';
import { createKeyEncryption, openVault, suiteNamed, type SuiteName } from '@anjie/service-kit/vault';
import { createMatterSigner } from '../repeats/matter-signer';
import { FILE_CLASSES, SEALED_COLUMNS } from './sealed-columns';

export interface IdentityKeys {
  /** 32 random bytes, base64. */
  readonly identityKey: string;
  /** The one before, while data keys may still be wrapped by it. */
  readonly previousIdentityKey?: string | undefined;
  readonly suite?: SuiteName | undefined;
}

/** Secrets that must outlive the key-encryption key; each with the words by which it was derived before it was stored. */
const SECRETS = { INDEX_ID_NUMBER: 'index/id_number', INDEX_PHONE: 'index/phone', FILES: 'files', FINGERPRINT: 'fingerprint', MATTER: 'matter' } as const;

/**
 * Identity data at rest. The key-encryption key never enters the database; sealing, suites and data keys are the kit's
 * (ADR 0021). @throws Error when the key file does not fit
 */
export async function openIdentityVault(db: DataSource, { identityKey, previousIdentityKey, suite = 'AES-256-GCM' }: IdentityKeys) {
  const vault = await openVault({
    db, columns: SEALED_COLUMNS, fileClasses: FILE_CLASSES, secrets: SECRETS, suite: suiteNamed(suite), variable: 'ANJIE_IDENTITY_KEY_FILE',
    kek: { current: kekOf(identityKey), previous: previousIdentityKey === undefined ? undefined : kekOf(previousIdentityKey) },
  });
  return {
    ...vault,
    /** A print that nobody without the key can try guesses against. */
    fingerprint: (use: string, value: object): string => createHmac('sha256', vault.keyring.secret('FINGERPRINT')).update(`${use}\u0000${canonicalJson(value)}`).digest('hex'),
    /** Key for fingerprints that leave this file (import row keys). */
    fingerprintKey: vault.keyring.secret('FINGERPRINT'),
    /** Signs texts and people so that repeats are found; see rules/repeat-score.ts. */
    matterSigner: createMatterSigner(vault.keyring.secret('MATTER')),
    /** Opens files that were sealed before files had data keys. */
    oldFileKey: vault.keyring.secret('FILES'),
  };
}
export type IdentityVault = Awaited<ReturnType<typeof openIdentityVault>>;

function kekOf(keyBase64: string) {
  const master = Buffer.from(keyBase64, 'base64');
  if (master.length !== 32) throw new Error('ANJIE_IDENTITY_KEY_FILE must hold exactly 32 random bytes, base64');
  return createKeyEncryption(master);
}
