import { createTable } from '@anjie/service-kit/database';

export const createTaskForces = createTable('CreateTaskForces1767225700005', 'task_forces', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  active_case_id uuid NULL,
  name varchar(100) NOT NULL,
  purpose varchar(500) NOT NULL,
  formed_on date NOT NULL,
  dissolved_on date NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_task_forces_active_case_id (active_case_id),
  KEY ix_task_forces_case_id (case_id)`);
