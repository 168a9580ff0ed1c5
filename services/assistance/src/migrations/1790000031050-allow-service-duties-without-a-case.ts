import { migration } from '@anjie/service-kit/database';

/** An issue of the grid is no case, and is owed an answer all the same. */
export const allowServiceDutiesWithoutCase = migration(
  'AllowServiceDutiesWithoutCase1790000031050', 'ALTER TABLE service_duties MODIFY case_id uuid NULL', 'ALTER TABLE service_duties MODIFY case_id uuid NOT NULL',
);
