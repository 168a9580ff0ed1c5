import type { SuiteName } from '@anjie/service-kit/vault';

/** What the files of identity keys hold. */
export interface KeyFiles {
  /** Base64, 32 bytes. */
  readonly current: string;
  readonly previous?: string | undefined;
  readonly suite: SuiteName;
}
