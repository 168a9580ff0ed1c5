import { z } from 'zod';
import { commonEnv, readEnv } from '@anjie/service-kit/runtime';

/** Everything that this service reads from the environment. */
export const env = readEnv({
  ...commonEnv,
  /** Folder of uploaded directory workbooks. */
  ANJIE_STORAGE_DIR: z.string().min(1),
});
export type OfficialsEnv = typeof env;
