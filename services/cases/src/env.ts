import { z } from 'zod';
import { storageEnv } from '@anjie/service-kit/files';
import { commonEnv, readEnv } from '@anjie/service-kit/runtime';

/** Everything that this service reads from the environment. */
export const env = readEnv({
  ...commonEnv,
  ...storageEnv,
  /** Key-encryption key of identity data: 32 random bytes, base64. Losing it loses the identities. */
  ANJIE_IDENTITY_KEY_FILE: z.string().min(1),
  /** The key before it, until `npm run ops -- rotate kek` says that nothing is wrapped by it. */
  ANJIE_IDENTITY_PREVIOUS_KEY_FILE: z.string().min(1).optional(),
});
export type CasesEnv = typeof env;
