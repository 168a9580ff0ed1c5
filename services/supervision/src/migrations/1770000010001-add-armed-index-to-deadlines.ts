import { migration } from '@anjie/service-kit/database';

/** Which alarms are set in an epoch, and which are not, is asked every second. */
export const addArmedIndexToDeadlines = migration(
  'AddArmedIndexToDeadlines1770000010001',
  'ALTER TABLE deadlines ADD KEY ix_deadlines_armed (state, armed_epoch, due_at, id)',
  'ALTER TABLE deadlines DROP KEY ix_deadlines_armed',
);
