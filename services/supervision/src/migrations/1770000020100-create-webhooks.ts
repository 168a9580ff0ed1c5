import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const webhookMigrations = [
  createTable('CreateWebhookEndpoints1770000020100', 'webhook_endpoints', `
    id uuid NOT NULL PRIMARY KEY,
    unit_id uuid NOT NULL,
    url varchar(600) ${ASCII} NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    is_gone tinyint(1) NOT NULL DEFAULT 0,
    secret varbinary(120) NOT NULL,
    old_secret varbinary(120) NULL,
    old_secret_until datetime(3) NULL,
    failing_since datetime(3) NULL,
    made_by varchar(64) ${ASCII} NOT NULL,
    made_at datetime(3) NOT NULL,
    version int NOT NULL,
    KEY ix_webhook_endpoints_unit_id (unit_id)`),
  createTable('CreateWebhookEndpointKinds1770000020101', 'webhook_endpoint_kinds', `
    endpoint_id uuid NOT NULL,
    kind varchar(48) ${ASCII} NOT NULL,
    PRIMARY KEY (endpoint_id, kind)`),
  createTable('CreateWebhookDeliveries1770000020102', 'webhook_deliveries', `
    id uuid NOT NULL PRIMARY KEY,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    kind varchar(48) ${ASCII} NOT NULL,
    case_id uuid NULL,
    state varchar(12) ${ASCII} NOT NULL,
    deliver_at datetime(3) NOT NULL,
    next_at datetime(3) NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    attempts_before int NOT NULL DEFAULT 0,
    claim_token uuid NULL,
    lease_until datetime(3) NULL,
    created_at datetime(3) NOT NULL,
    settled_at datetime(3) NULL,
    UNIQUE KEY uq_webhook_deliveries_event (endpoint_id, event_id),
    KEY ix_webhook_deliveries_work (endpoint_id, state, deliver_at),
    KEY ix_webhook_deliveries_claims (state, lease_until),
    KEY ix_webhook_deliveries_log (endpoint_id, created_at)`),
  createTable('CreateWebhookAttempts1770000020103', 'webhook_attempts', `
    delivery_id uuid NOT NULL,
    number int NOT NULL,
    started_at datetime(3) NOT NULL,
    duration_ms int NULL,
    status_code smallint NULL,
    fault varchar(24) ${ASCII} NULL,
    PRIMARY KEY (delivery_id, number)`),
];
