import { migration } from '@anjie/service-kit/database';

/** `is_post_told` is 0 for officials whose posts the other services have not heard of: those of before the column. */
export const addSessionsValidAfter = migration(
  'AddSessionsValidAfter1780000020011',
  `ALTER TABLE officials ADD COLUMN sessions_valid_after datetime(3) NULL, ADD COLUMN is_post_told tinyint(1) NOT NULL DEFAULT 0, ADD KEY ix_officials_is_post_told (is_post_told)`,
  'ALTER TABLE officials DROP KEY ix_officials_is_post_told, DROP COLUMN is_post_told, DROP COLUMN sessions_valid_after',
);
