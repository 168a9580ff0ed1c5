import { EntitySchema } from 'typeorm';
import { ascii, moment, uuid, whole } from '../table-columns';

const optionalMoment = { ...moment, nullable: true };
const sealed = { type: 'varbinary' as const, length: 120 };
const id = { ...uuid, primary: true };

export const webhookEndpointTable = new EntitySchema({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoints',
  columns: {
    id, unit_id: uuid, url: ascii(600), state: ascii(12), is_gone: { type: 'boolean', default: 0 }, secret: sealed, old_secret: { ...sealed, nullable: true },
    old_secret_until: optionalMoment, failing_since: optionalMoment, made_by: ascii(64), made_at: moment, version: whole,
  },
  indices: [{ name: 'ix_webhook_endpoints_unit_id', columns: ['unit_id'] }],
});

export const webhookEndpointKindTable = new EntitySchema({
  name: 'WebhookEndpointKind',
  tableName: 'webhook_endpoint_kinds',
  columns: { endpoint_id: id, kind: { ...ascii(48), primary: true } },
});

export const webhookDeliveryTable = new EntitySchema({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  columns: {
    id, endpoint_id: uuid, event_id: uuid, kind: ascii(48), case_id: { ...uuid, nullable: true }, state: ascii(12), deliver_at: moment, next_at: moment,
    attempts: { ...whole, default: 0 }, attempts_before: { ...whole, default: 0 }, claim_token: { ...uuid, nullable: true }, lease_until: optionalMoment,
    created_at: moment, settled_at: optionalMoment,
  },
  indices: [
    { name: 'uq_webhook_deliveries_event', unique: true, columns: ['endpoint_id', 'event_id'] },
    { name: 'ix_webhook_deliveries_work', columns: ['endpoint_id', 'state', 'deliver_at'] },
    { name: 'ix_webhook_deliveries_claims', columns: ['state', 'lease_until'] },
    { name: 'ix_webhook_deliveries_log', columns: ['endpoint_id', 'created_at'] },
    { name: 'ix_webhook_deliveries_settled_at', columns: ['settled_at'] },
  ],
});

export const webhookAttemptTable = new EntitySchema({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempts',
  columns: {
    delivery_id: id, number: { ...whole, primary: true }, started_at: moment, duration_ms: { ...whole, nullable: true },
    status_code: { type: 'smallint', nullable: true }, fault: { ...ascii(24), nullable: true },
  },
  indices: [{ name: 'ix_webhook_attempts_started_at', columns: ['started_at'] }],
});

export const webhookTables = [webhookEndpointTable, webhookEndpointKindTable, webhookDeliveryTable, webhookAttemptTable];
