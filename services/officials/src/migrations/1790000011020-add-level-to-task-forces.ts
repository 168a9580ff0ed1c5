import { migration } from '@anjie/service-kit/database';

/** 上级专班: beside the case's own; `upper_case_id` is the case while one is active, NULL afterwards. */
export const addLevelToTaskForces = migration(
  'AddLevelToTaskForces1790000011020',
  `ALTER TABLE task_forces ADD COLUMN level varchar(12) CHARACTER SET ascii COLLATE ascii_bin NULL, ADD COLUMN ends_on date NULL, ADD COLUMN upper_case_id uuid NULL,
     ADD UNIQUE KEY uq_task_forces_upper_case_id (upper_case_id)`,
  'ALTER TABLE task_forces DROP KEY uq_task_forces_upper_case_id, DROP COLUMN upper_case_id, DROP COLUMN ends_on, DROP COLUMN level',
);
