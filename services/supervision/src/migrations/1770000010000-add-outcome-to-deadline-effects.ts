import { migration } from '@anjie/service-kit/database';

/** What came of it; null for what fired before this was written down. */
export const addOutcomeToDeadlineEffects = migration(
  'AddOutcomeToDeadlineEffects1770000010000',
  'ALTER TABLE deadline_effects ADD COLUMN outcome varchar(12) CHARACTER SET ascii COLLATE ascii_bin NULL',
  'ALTER TABLE deadline_effects DROP COLUMN outcome',
);
