import type { DataSource, EntityManager } from 'typeorm';
import { hasRole } from '@anjie/access';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type {
  ChangeWebhookEndpointInput, RegisterWebhookEndpointInput, ReplayWebhookDeliveryInput, RotateWebhookSecretInput, TestWebhookEndpointInput,
} from '../generated/graphql';
import { kindsObjection, MAX_ENDPOINTS, overlapObjection, targetRefusal, webhookRefusals, type WebhookRefusal } from '../rules/webhook-refusals';
import { targetOf } from '../rules/webhook-targets';
import { cancelPending, DIGEST_KIND, queueTest, replayDelivery, visibleDeliveries } from './delivery-repository';
import { addEndpoint, changeEndpoint, countEndpoints, endpointTarget, kindsOfEndpoints, putKinds, rotateSecret, visibleEndpoints, type EndpointRow } from './endpoint-repository';
import { newWebhookSecret } from './webhook-secrets';
import type { WebhookSettings } from './webhook-settings';

export type EndpointAnswer = { readonly endpointId: string } | WebhookRefusal;
export type DeliveryAnswer = { readonly deliveryId: string } | WebhookRefusal;
/** The secret stands beside the stored answer, never in it: a repeat of the request does not show it again. */
export type SecretAnswer = { readonly endpointId: string; readonly secret: string | null } | WebhookRefusal;

interface Doing extends WebhookSettings {
  readonly actor: Actor;
}

/** Endpoints of units: registered, changed, tested by an administrator. */
export function createWebhookService({ db, ...settings }: WebhookSettings & { readonly db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }, Answer extends EndpointAnswer | DeliveryAnswer>(operation: string, work: (tx: EntityManager, input: Input, doing: Doing) => Promise<Answer>) =>
    (input: Input, actor: Actor): Promise<Answer> =>
      runMutation<Answer>(db, {
        actor, operation, key: input.idempotencyKey, input,
        work: async (tx) => (hasRole(actor.viewer, 'ADMIN') ? work(tx, input, { ...settings, actor }) : (webhookRefusals.notPermitted() as Answer)),
      });
  const withSecret =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, doing: Doing & { secret: string }) => Promise<EndpointAnswer>) =>
    async (input: Input, actor: Actor): Promise<SecretAnswer> => {
      let made: string | null = null;
      const answer = await mutation<Input, EndpointAnswer>(operation, (tx, same, doing) => work(tx, same, { ...doing, secret: (made = newWebhookSecret()) }))(input, actor);
      if (isRefusal(answer)) return answer as WebhookRefusal;
      // after a try that was rolled back the answer may be another request's, and its secret with it
      const isKept = made !== null && (await keeps(db, settings.box, { endpointId: answer.endpointId, secret: made }));
      return { ...answer, secret: isKept ? made : null };
    };
  return {
    register: withSecret('registerWebhookEndpoint', register),
    rotate: withSecret('rotateWebhookSecret', rotate),
    change: mutation('changeWebhookEndpoint', change),
    test: mutation('testWebhookEndpoint', test),
    replay: mutation('replayWebhookDelivery', replay),
  };
}
export type WebhookService = ReturnType<typeof createWebhookService>;

async function keeps({ manager }: DataSource, box: WebhookSettings['box'], { endpointId, secret }: { endpointId: string; secret: string }): Promise<boolean> {
  const target = await endpointTarget(manager, endpointId);
  return target !== undefined && box.isSealed(target.secret, { endpointId, secret });
}

const chosen = (kinds: readonly string[], withDigest: boolean): string[] => [...new Set(kinds), ...(withDigest ? [DIGEST_KIND] : [])];

async function register(tx: EntityManager, { url, kinds, unitId, withDigest = true }: RegisterWebhookEndpointInput, { policy, box, actor, secret }: Doing & { secret: string }): Promise<EndpointAnswer> {
  const target = targetOf(url, policy);
  if (typeof target === 'string') return targetRefusal(target);
  const no = kindsObjection(kinds, withDigest);
  if (no) return no;
  const unit = isId(unitId) ? await knownUnit(tx, unitId) : undefined;
  if (!unit) return webhookRefusals.unitUnknown();
  if ((await countEndpoints(tx, unit.id)) >= MAX_ENDPOINTS) return webhookRefusals.tooMany();
  const id = newId();
  await addEndpoint(tx, { id, unitId: unit.id, url: target.url, secret: box.seal(secret, id), madeBy: actor.viewer.subject }, (await businessTime(tx)).now);
  await putKinds(tx, id, chosen(kinds, withDigest));
  await note(tx, actor, { action: 'webhook.registered', id, detail: { unitId: unit.id, host: target.host, kinds, withDigest } });
  return { endpointId: id };
}

/** The endpoint as it was read. @throws AppError CONFLICT */
async function endpointOf(tx: EntityManager, actor: Actor, wish: { endpointId: string; expectedVersion?: number }): Promise<EndpointRow | WebhookRefusal> {
  const [row] = isId(wish.endpointId) ? await visibleEndpoints(tx, actor.viewer, [wish.endpointId]) : [];
  if (!row) return webhookRefusals.notFound();
  if (wish.expectedVersion !== undefined && row.version !== wish.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

async function change(tx: EntityManager, input: ChangeWebhookEndpointInput, { policy, actor }: Doing): Promise<EndpointAnswer> {
  const row = await endpointOf(tx, actor, input);
  if (isRefusal(row)) return row as WebhookRefusal;
  const state = input.state ?? row.state;
  const target = targetOf(input.url ?? row.url, policy);
  // an operator who took a target off the list must not keep anybody from disabling it
  if (typeof target === 'string' && (input.url || state === 'ENABLED')) return targetRefusal(target);
  const before = (await kindsOfEndpoints(tx, [row.id])).map((one) => one.kind);
  const kinds = input.kinds ?? before.filter((kind) => kind !== DIGEST_KIND);
  const withDigest = input.withDigest ?? before.includes(DIGEST_KIND);
  const no = kindsObjection(kinds, withDigest);
  if (no) return no;
  const url = typeof target === 'string' ? row.url : target.url;
  const isFirst = await changeEndpoint(tx, row, { url, state, ...(state === 'ENABLED' ? { is_gone: false } : {}) });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await putKinds(tx, row.id, chosen(kinds, withDigest));
  if (state === 'DISABLED') await cancelPending(tx, row.id);
  await note(tx, actor, { action: 'webhook.changed', id: row.id, detail: { kinds, withDigest, state, isMoved: url !== row.url } });
  return { endpointId: row.id };
}

async function rotate(tx: EntityManager, input: RotateWebhookSecretInput, { box, actor, secret }: Doing & { secret: string }): Promise<EndpointAnswer> {
  const { overlapHours = 24 } = input;
  const no = overlapObjection(overlapHours);
  if (no) return no;
  const row = await endpointOf(tx, actor, input);
  if (isRefusal(row)) return row as WebhookRefusal;
  const isFirst = await rotateSecret(tx, row, { secret: box.seal(secret, row.id), overlapHours });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await note(tx, actor, { action: 'webhook.secretRotated', id: row.id, detail: { overlapHours } });
  return { endpointId: row.id };
}

async function test(tx: EntityManager, input: TestWebhookEndpointInput, { actor }: Doing): Promise<DeliveryAnswer> {
  const row = await endpointOf(tx, actor, input);
  if (isRefusal(row)) return row as WebhookRefusal;
  if (row.state !== 'ENABLED') return webhookRefusals.wrongState();
  const deliveryId = await queueTest(tx, row.id);
  await note(tx, actor, { action: 'webhook.tested', id: row.id, detail: { deliveryId } });
  return { deliveryId };
}

async function replay(tx: EntityManager, input: ReplayWebhookDeliveryInput, { actor }: Doing): Promise<DeliveryAnswer> {
  const [delivery] = isId(input.deliveryId) ? await visibleDeliveries(tx, actor.viewer, [input.deliveryId]) : [];
  if (!delivery) return webhookRefusals.notFound();
  const row = await endpointOf(tx, actor, { endpointId: delivery.endpointId });
  if (isRefusal(row)) return row as WebhookRefusal;
  if (row.state !== 'ENABLED' || !(await replayDelivery(tx, delivery.id))) return webhookRefusals.wrongState();
  await note(tx, actor, { action: 'webhook.replayed', id: row.id, detail: { deliveryId: delivery.id } });
  return { deliveryId: delivery.id };
}

const note = (tx: EntityManager, actor: Actor, { action, id, detail }: { action: string; id: string; detail: Readonly<Record<string, unknown>> }): Promise<void> =>
  audit(tx, actor, { action, subjectType: 'WebhookEndpoint', subjectId: id, detail });
