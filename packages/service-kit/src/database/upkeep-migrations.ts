import { createTable, migration, type Migration } from './migration';

/** What keeps a service's house in order: periodic work, the comparison with its listeners, replays. */
export const upkeepMigrations: readonly Migration[] = [
  createTable('CreatePeriodicTasks1770000030001', 'periodic_tasks', `
    name varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    next_at datetime(3) NOT NULL,
    claim_token uuid NULL,
    lease_until datetime(3) NULL,
    requested_at datetime(3) NULL,
    argument varchar(64) NULL,
    started_at datetime(3) NULL,
    finished_at datetime(3) NULL,
    failure varchar(500) NULL`),
  createTable('CreateReconciliations1770000030002', 'reconciliations', `
    day date NOT NULL,
    peer varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sent int NOT NULL,
    known int NOT NULL,
    sent_digest binary(32) NOT NULL,
    known_digest binary(32) NOT NULL,
    missing int NOT NULL,
    phantom int NOT NULL,
    mismatched int NOT NULL,
    repaired int NOT NULL,
    bad_runs int NOT NULL,
    finished_at datetime(3) NOT NULL,
    PRIMARY KEY (day, peer)`),
  migration(
    'AddOutboxAckedIndex1770000030003',
    'ALTER TABLE outbox_messages ADD KEY ix_outbox_messages_acked (state, acked_at)',
    'ALTER TABLE outbox_messages DROP KEY ix_outbox_messages_acked',
  ),
  migration(
    'AddDeadLetterReplay1770000030004',
    'ALTER TABLE dead_letters ADD COLUMN replayed_at datetime(3) NULL, ADD COLUMN replayed_by uuid NULL, ADD COLUMN replay_confirmed_by uuid NULL',
    'ALTER TABLE dead_letters DROP COLUMN replayed_at, DROP COLUMN replayed_by, DROP COLUMN replay_confirmed_by',
  ),
];
