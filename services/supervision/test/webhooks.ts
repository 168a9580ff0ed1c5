import { randomBytes, randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { inTransaction, select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { readTargets } from '../src/rules/webhook-targets';
import { claimDue } from '../src/webhooks/claim-repository';
import { createSecretBox } from '../src/webhooks/webhook-secrets';
import { createWebhookSender, type WebhookSenderOptions } from '../src/webhooks/webhook-sender';
import type { WebhookSettings } from '../src/webhooks/webhook-settings';
import { haveKnownUnit, key, log, type Supervision } from './builders';

/** Loopback of every port that a receiver of the tests may get, as an operator would list it. */
export const targets = (list: string, isProduction = false): WebhookSettings => ({ policy: readTargets(list, isProduction), box: createSecretBox({ current: randomBytes(32).toString('base64') }) });

const ENDPOINT = 'endpoint { id url kinds { code } withDigest state isGone failingSince oldSecretUntil version unit { id } }';
const DELIVERY = 'delivery { id eventId kind state attemptCount attempts { number statusCode fault durationMs } nextTryAt settledAt }';

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly state: string;
  readonly isGone: boolean;
  readonly failingSince: string | null;
  readonly oldSecretUntil: string | null;
  readonly kinds: readonly { readonly code: string }[];
  readonly withDigest: boolean;
  readonly version: number;
}
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly kind: string;
  readonly state: string;
  readonly attemptCount: number;
  readonly attempts: readonly { readonly number: number; readonly statusCode: number | null; readonly fault: string | null; readonly durationMs: number | null }[];
  readonly nextTryAt: string | null;
  readonly settledAt: string | null;
}
export interface WebhookAnswer {
  readonly __typename: string;
  readonly endpoint?: Endpoint;
  readonly secret?: string | null;
  readonly delivery?: Delivery;
  readonly code?: string;
  readonly message?: string;
}

const MUTATIONS = {
  registerWebhookEndpoint: ['RegisterWebhookEndpointInput', `... on WebhookSecretPayload { secret ${ENDPOINT} }`],
  rotateWebhookSecret: ['RotateWebhookSecretInput', `... on WebhookSecretPayload { secret ${ENDPOINT} }`],
  changeWebhookEndpoint: ['ChangeWebhookEndpointInput', `... on WebhookEndpointPayload { ${ENDPOINT} }`],
  testWebhookEndpoint: ['TestWebhookEndpointInput', `... on WebhookDeliveryPayload { ${DELIVERY} }`],
  replayWebhookDelivery: ['ReplayWebhookDeliveryInput', `... on WebhookDeliveryPayload { ${DELIVERY} }`],
} as const;

export const admin = viewers.admin();

/** One webhook mutation by its name. */
export const manage = async (supervision: Supervision, mutation: keyof typeof MUTATIONS, input: object, viewer: Viewer = admin): Promise<WebhookAnswer> => {
  const [type, fields] = MUTATIONS[mutation];
  const data = await supervision.client.query<{ answer: WebhookAnswer }>(
    viewer, `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { __typename ${fields} ... on WebhookRefusal { code message } } }`, { input: { idempotencyKey: key(), ...input } },
  );
  return data.answer;
};

/** A unit with a case that it was referred, and its system. */
export async function aDepartment(supervision: Supervision, url: string, part: object = {}) {
  const unitId = await haveKnownUnit(supervision.db, { unitId: randomUUID() });
  const { caseId } = await haveCaseScope(supervision.db, { parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }] });
  const made = await manage(supervision, 'registerWebhookEndpoint', { unitId, url, kinds: ['REFERRAL_DELIVERED', 'CASE_ASSIGNED'], ...part });
  if (!made.endpoint || !made.secret) throw new Error(`not registered: ${JSON.stringify(made)}`);
  return { unitId, caseId, endpoint: made.endpoint, secret: made.secret, handler: viewers.handler(unitId) };
}

export const deliveriesOf = async (supervision: Supervision, endpointId: string, viewer: Viewer = admin): Promise<readonly Delivery[]> =>
  (await supervision.client.query<{ webhookEndpoint: { deliveries: { nodes: Delivery[] } } | null }>(
    viewer,
    `query ($id: ID!) { webhookEndpoint(id: $id) { deliveries(first: 100) { nodes { id eventId kind state attemptCount attempts { number statusCode fault durationMs } nextTryAt settledAt } } } }`,
    { id: endpointId },
  )).webhookEndpoint?.deliveries.nodes ?? [];

export const endpointNow = async (supervision: Supervision, id: string, viewer: Viewer = admin): Promise<Endpoint | null> =>
  (await supervision.client.query<{ webhookEndpoint: Endpoint | null }>(viewer, `query ($id: ID!) { webhook${ENDPOINT.replace('endpoint {', 'Endpoint(id: $id) {')} }`, { id })).webhookEndpoint;

/** A worker's sender; `send` does what is due and waits for it. */
export function aSender(supervision: Supervision, settings: WebhookSettings, part: Partial<WebhookSenderOptions> = {}) {
  const sender = createWebhookSender({ db: supervision.db, log, ...settings, ...part });
  return {
    ...sender,
    async send(): Promise<void> {
      await sender.tick();
      await sender.idle();
    },
  };
}

/** The waiting time of every retry is over. */
export const waitIsOver = (supervision: Supervision): Promise<unknown> => supervision.db.query('UPDATE webhook_deliveries SET next_at = UTC_TIMESTAMP(3)');

/** The lease of every claim is over. */
export const leaseIsOver = (supervision: Supervision): Promise<unknown> => supervision.db.query('UPDATE webhook_deliveries SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND');

/** What a worker does first; it is killed before anything else. */
export const claimAndDie = (supervision: Supervision, endpointId: string) => inTransaction(supervision.db, (tx) => claimDue(tx, endpointId, { well: 4, failing: 1 }));

export const stored = <Row>(supervision: Supervision, text: string): Promise<Row[]> => select<Row>(supervision.db.manager, text);
