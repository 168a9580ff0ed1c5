import { createTable } from '@anjie/service-kit/database';

export const createFollowUpVisits = createTable('CreateFollowUpVisits1767225900005', 'follow_up_visits', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  planned_on date NOT NULL,
  unit_id uuid NOT NULL,
  official_id uuid NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  done_on date NULL,
  summary varchar(1000) NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_follow_up_visits_case_id (case_id),
  KEY ix_follow_up_visits_unit_id_state (unit_id, state),
  KEY ix_follow_up_visits_official_id_state (official_id, state)`);
