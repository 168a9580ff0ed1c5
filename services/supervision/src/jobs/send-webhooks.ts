import type { OpenService } from '@anjie/service-kit/subgraph';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { renewSeals } from '../webhooks/renew-seals';
import { createWebhookSender } from '../webhooks/webhook-sender';
import type { WebhookSettings } from '../webhooks/webhook-settings';

/** Looks twice a second for what is due; without targets nothing is looked for and nothing is sent. */
export function startWebhooks({ db, log }: Pick<OpenService, 'db' | 'log'>, settings: WebhookSettings): Closable {
  const renewal = repeat('renew-webhook-seals', 3_600_000, { log, work: () => renewSeals(db.manager, settings.box, log) });
  if (settings.policy.rows.length === 0) return renewal;
  const sender = createWebhookSender({ db, log, ...settings });
  const loop = repeat('send-webhooks', 500, { log, work: () => sender.tick() });
  return {
    async close() {
      await renewal.close();
      await loop.close();
      await sender.close();
    },
  };
}
