import { migration } from '@anjie/service-kit/database';

export const indexSessionsValidAfter = migration(
  'IndexSessionsValidAfter1780000050000',
  'ALTER TABLE officials ADD KEY ix_officials_sessions_valid_after (sessions_valid_after)',
  'ALTER TABLE officials DROP KEY ix_officials_sessions_valid_after',
);
