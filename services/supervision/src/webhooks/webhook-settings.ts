import { readMessageKeys, type CommonEnv } from '@anjie/service-kit/runtime';
import { readTargets, type TargetPolicy } from '../rules/webhook-targets';
import { createSecretBox, type SecretBox } from './webhook-secrets';

export interface WebhookSettings {
  readonly policy: TargetPolicy;
  readonly box: SecretBox;
}

/** What webhooks need of the environment. @throws Error that names the row of ANJIE_WEBHOOK_TARGETS which says nothing usable */
export function webhookSettings(env: CommonEnv & { readonly ANJIE_WEBHOOK_TARGETS: string }): WebhookSettings {
  try {
    return { policy: readTargets(env.ANJIE_WEBHOOK_TARGETS, env.ANJIE_MODE === 'PRODUCTION'), box: createSecretBox({ ...readMessageKeys(env), suite: env.ANJIE_CRYPTO_SUITE }) };
  } catch (error) {
    throw new Error(`ANJIE_WEBHOOK_TARGETS is not usable (docs/operations.md): ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
