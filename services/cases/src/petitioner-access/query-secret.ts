import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { base32, inGroups, SECRET_LENGTH } from '../rules/query-codes';

export interface SecretOf {
  readonly petitionId: string;
  readonly generation: number;
}

/** Stands in for a petition that does not exist, so that a wrong code costs what a wrong secret costs. */
const NOBODY: SecretOf = { petitionId: '00000000-0000-0000-0000-000000000000', generation: 0 };

/**
 * 查询密码: computed from the vault's key, the petition and its generation, and never stored: neither the database nor a stored
 * answer of a mutation can tell it. With the key lost, every secret is.
 */
export function createQuerySecrets(fingerprintKey: Buffer) {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', fingerprintKey, Buffer.alloc(0), `anjie/petitioner-access/${use}`, 32));
  const [secretKey, subjectKey] = [derive('secret'), derive('subject')];
  const secretOf = ({ petitionId, generation }: SecretOf): string =>
    base32(createHmac('sha256', secretKey).update(`${petitionId}|${generation}`).digest(), SECRET_LENGTH);
  return {
    shown: (of: SecretOf): string => inGroups(secretOf(of), SECRET_LENGTH / 2),
    /** In constant time; `typed` is already read. False for nobody's, whatever is typed. */
    fits(of: SecretOf | undefined, typed: string): boolean {
      const right = createHmac('sha256', subjectKey).update(secretOf(of ?? NOBODY)).digest();
      return timingSafeEqual(right, createHmac('sha256', subjectKey).update(typed).digest()) && of !== undefined;
    },
    /** What stands for a code or an account where attempts are counted and in the audit. */
    fingerprint: (kind: 'CODE' | 'ACCOUNT', text: string): Buffer => createHmac('sha256', subjectKey).update(`${kind}|${text}`).digest(),
  };
}
export type QuerySecrets = ReturnType<typeof createQuerySecrets>;
