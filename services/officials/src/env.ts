import { storageEnv } from '@anjie/service-kit/files';
import { commonEnv, readEnv } from '@anjie/service-kit/runtime';

/** Everything that this service reads from the environment. */
export const env = readEnv({
  ...commonEnv,
  ...storageEnv,
});
export type OfficialsEnv = typeof env;
