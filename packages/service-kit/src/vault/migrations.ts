import { createTable, migration, TABLE_OPTIONS, type Migration } from '../database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Data keys and their rotation. `cases` has had the table since before it was the kit's. */
export const vaultMigrations: readonly Migration[] = [
  migration(
    'CreateDataKeysOfKit1780000030000',
    `CREATE TABLE IF NOT EXISTS data_keys (id int NOT NULL PRIMARY KEY, suite varchar(32) ${ASCII} NOT NULL, wrapped_key varbinary(200) NOT NULL, created_at datetime(3) NOT NULL) ${TABLE_OPTIONS}`,
    'DO 0',
  ),
  migration(
    'AddDataKeyClass1780000030001',
    `ALTER TABLE data_keys MODIFY wrapped_key varbinary(200) NULL, ADD COLUMN key_class varchar(32) ${ASCII} NOT NULL DEFAULT 'OLD', ADD COLUMN period varchar(16) ${ASCII} NOT NULL DEFAULT '',
       ADD COLUMN wrapped_by binary(8) NULL, ADD COLUMN usable_at datetime(3) NULL, ADD COLUMN retiring_at datetime(3) NULL, ADD COLUMN destroyed_at datetime(3) NULL,
       ADD UNIQUE KEY uq_data_keys_period (key_class, period)`,
    `ALTER TABLE data_keys DROP KEY uq_data_keys_period, DROP COLUMN destroyed_at, DROP COLUMN retiring_at, DROP COLUMN usable_at, DROP COLUMN wrapped_by, DROP COLUMN period,
       DROP COLUMN key_class`,
  ),
  createTable('CreateKeyRotations1780000030002', 'key_rotations', `
    id uuid NOT NULL PRIMARY KEY,
    key_class varchar(32) ${ASCII} NOT NULL,
    state varchar(16) ${ASCII} NOT NULL,
    step varchar(64) ${ASCII} NOT NULL,
    cursor_id uuid NULL,
    rows_seen bigint NOT NULL DEFAULT 0,
    rows_done bigint NOT NULL DEFAULT 0,
    left_over bigint NOT NULL DEFAULT 0,
    broken bigint NOT NULL DEFAULT 0,
    round int NOT NULL DEFAULT 1,
    requested_by varchar(64) ${ASCII} NOT NULL,
    requested_at datetime(3) NOT NULL,
    told_at datetime(3) NULL,
    settled_at datetime(3) NULL,
    finished_at datetime(3) NULL,
    active_class varchar(32) ${ASCII} NULL,
    UNIQUE KEY uq_key_rotations_active (active_class)`),
];
