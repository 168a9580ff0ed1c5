import { migration } from '@anjie/service-kit/database';

const index = (name: string, table: string, column: string) =>
  migration(name, `ALTER TABLE ${table} ADD KEY ix_${table}_${column} (${column})`, `ALTER TABLE ${table} DROP KEY ix_${table}_${column}`);

/** What is past its time is found by its age. */
export const retentionIndexMigrations = [
  index('IndexNotificationAge1780000030400', 'notifications', 'created_at'),
  index('IndexDigestAge1780000030401', 'digests', 'formed_at'),
  index('IndexWebhookDeliveryAge1780000030402', 'webhook_deliveries', 'settled_at'),
  index('IndexWebhookAttemptAge1780000030403', 'webhook_attempts', 'started_at'),
];
