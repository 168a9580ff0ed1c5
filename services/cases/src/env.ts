import { z } from 'zod';
import { commonEnv, readEnv } from '@anjie/service-kit/runtime';

/** Everything that this service reads from the environment. */
export const env = readEnv({
  ...commonEnv,
  /** Folder of uploaded and generated files. */
  ANJIE_STORAGE_DIR: z.string().min(1),
  /** Key-encryption key of identity data: 32 random bytes, base64. Losing it loses the identities. */
  ANJIE_IDENTITY_KEY_FILE: z.string().min(1),
});
export type CasesEnv = typeof env;
