import { z } from 'zod';
import { storageEnv } from '@anjie/service-kit/files';
import { commonEnv, readEnv } from '@anjie/service-kit/runtime';

/** Everything that this service reads from the environment. */
export const env = readEnv({
  ...commonEnv,
  ...storageEnv,
  /** Where webhooks may go: host names, `*.suffix`, addresses, nets, each with an optional port; empty means nowhere. */
  ANJIE_WEBHOOK_TARGETS: z.string().default(''),
});
export type SupervisionEnv = typeof env;
