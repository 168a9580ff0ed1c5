import { createTable } from '@anjie/service-kit/database';

export const createDeadlines = createTable('CreateDeadlines1767225800001', 'deadlines', `
  id uuid NOT NULL PRIMARY KEY,
  obligation_id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  step int NOT NULL,
  due_at datetime(3) NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version int NOT NULL,
  armed_version int NOT NULL DEFAULT 0,
  armed_epoch uuid NULL,
  fired_at datetime(3) NULL,
  fired_by varchar(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  UNIQUE KEY uq_deadlines_step (obligation_id, kind, step),
  KEY ix_deadlines_due (state, due_at, id)`);
