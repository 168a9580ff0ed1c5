import type { OpenService } from '@anjie/service-kit/subgraph';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { createWebhookSender } from '../webhooks/webhook-sender';
import type { WebhookSettings } from '../webhooks/webhook-settings';

/** Looks twice a second for what is due; without targets nothing is looked for and nothing is sent. */
export function startWebhooks({ db, log }: Pick<OpenService, 'db' | 'log'>, settings: WebhookSettings): Closable {
  if (settings.policy.rows.length === 0) return { close: async () => undefined };
  const sender = createWebhookSender({ db, log, ...settings });
  const loop = repeat('send-webhooks', 500, { log, work: () => sender.tick() });
  return {
    async close() {
      await loop.close();
      await sender.close();
    },
  };
}
