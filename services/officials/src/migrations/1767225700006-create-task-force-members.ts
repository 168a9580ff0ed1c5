import { createTable } from '@anjie/service-kit/database';

export const createTaskForceMembers = createTable('CreateTaskForceMembers1767225700006', 'task_force_members', `
  id uuid NOT NULL PRIMARY KEY,
  task_force_id uuid NOT NULL,
  official_id uuid NOT NULL,
  active_official_id uuid NULL,
  duty varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  home_unit_id uuid NULL,
  joined_on date NOT NULL,
  left_on date NULL,
  UNIQUE KEY uq_task_force_members_active (task_force_id, active_official_id),
  KEY ix_task_force_members_official_id (official_id)`);
