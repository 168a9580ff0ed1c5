import type { DataSource, EntityManager } from 'typeorm';
import { audit, inTransaction } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { closeWithin, type Logger } from '@anjie/service-kit/runtime';
import { secondsToNextTry } from '../rules/webhook-retries';
import {
  claimDue, endpointsDue, endpointsGivenUp, freeExpiredClaims, noteAttempt, retryDelivery, settleDelivery, type Attempted, type ClaimedDelivery,
} from './claim-repository';
import { cancelPending } from './delivery-repository';
import { endpointTarget, markFailing, markGone, markWell } from './endpoint-repository';
import { postWebhook, type PostSettings } from './post-webhook';
import { webhookBody } from './webhook-body';
import { webhookHeaders, type SecretBox } from './webhook-secrets';

export interface WebhookSenderOptions extends PostSettings {
  readonly db: DataSource;
  readonly box: SecretBox;
  readonly log: Logger;
}

/** Under way to one endpoint, over all workers; and from this process to all of them, so that dead ones cannot take every socket. */
const AT_ONCE = { well: 4, failing: 1 } as const;
const IN_FLIGHT = 200;

/**
 * Sends what is due, at least once: a short claim, the sending without any lock, the mark. Each endpoint has its own few
 * sendings, so that a slow or dead one holds up nobody else. Redis has no part in it.
 */
export function createWebhookSender(options: WebhookSenderOptions) {
  const { db, log } = options;
  const inFlight = new Set<Promise<void>>();
  let isClosing = false;
  const pump = async (endpointId: string): Promise<void> => {
    if (isClosing || inFlight.size >= IN_FLIGHT) return;
    for (const delivery of await inTransaction(db, (tx) => claimDue(tx, endpointId, AT_ONCE))) {
      const sending = deliver(options, delivery).then(() => pump(endpointId)).catch((err: unknown) => log.error({ err, delivery: delivery.id }, 'a webhook delivery broke off; its claim expires and it is sent again'));
      inFlight.add(sending);
      void sending.finally(() => inFlight.delete(sending));
    }
  };
  return {
    /** Starts what is due and does not wait for it. */
    async tick(): Promise<void> {
      await freeExpiredClaims(db.manager);
      for (const endpointId of await endpointsGivenUp(db.manager)) await cancelPending(db.manager, endpointId);
      for (const endpointId of await endpointsDue(db.manager)) await pump(endpointId);
    },
    /** Nothing is under way any more. */
    idle: async (): Promise<void> => {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
    async close(): Promise<void> {
      isClosing = true;
      await closeWithin(12_000, Promise.allSettled(inFlight));
    },
  };
}
export type WebhookSender = ReturnType<typeof createWebhookSender>;

async function deliver(options: WebhookSenderOptions, delivery: ClaimedDelivery): Promise<void> {
  const { db, box } = options;
  const target = await endpointTarget(db.manager, delivery.endpointId);
  const body = await webhookBody(db.manager, delivery);
  if (!target || body === undefined) return void (await settleDelivery(db.manager, delivery, 'WITHHELD'));
  const secrets = [target.secret, target.oldSecret].flatMap((sealed) => (sealed ? [box.open(sealed, delivery.endpointId)] : []));
  const usable = secrets.filter((secret) => secret !== undefined);
  const headers = { ...webhookHeaders({ id: delivery.eventId, timestamp: Math.floor(Date.now() / 1_000), body }, usable), 'anjie-delivery-id': delivery.id, 'anjie-attempt': String(delivery.attempts) };
  const attempted: Attempted = secrets[0] ? await postWebhook({ url: target.url, headers, body }, options) : { durationMs: 0, statusCode: null, fault: 'SECRET_UNREADABLE' };
  await inTransaction(db, (tx) => mark(tx, delivery, attempted));
}

/** What came of it. The endpoint's row before the delivery's, as the claim takes them. */
async function mark(tx: EntityManager, delivery: ClaimedDelivery, attempted: Attempted): Promise<void> {
  const { endpointId } = delivery;
  await noteAttempt(tx, delivery, attempted);
  if (!attempted.fault) {
    await markWell(tx, endpointId);
    await settleDelivery(tx, delivery, 'DELIVERED');
    return;
  }
  if (attempted.fault === 'GONE') return disable(tx, delivery);
  const seconds = secondsToNextTry(delivery.attempts - delivery.attemptsBefore, Math.random());
  if (seconds !== undefined) return void (await retryDelivery(tx, delivery, seconds));
  await markFailing(tx, endpointId);
  await settleDelivery(tx, delivery, 'FAILED');
}

async function disable(tx: EntityManager, delivery: ClaimedDelivery): Promise<void> {
  const isFirst = (await markGone(tx, delivery.endpointId)) === 1;
  await settleDelivery(tx, delivery, 'FAILED');
  await cancelPending(tx, delivery.endpointId);
  if (!isFirst) return;
  const actor = { viewer: serviceViewer('supervision'), requestId: `wh-${delivery.id}` };
  await audit(tx, actor, { action: 'webhook.gone', subjectType: 'WebhookEndpoint', subjectId: delivery.endpointId, detail: { deliveryId: delivery.id } });
}
