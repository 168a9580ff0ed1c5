import { createTable } from '@anjie/service-kit/database';

export const createExplanationSessions = createTable('CreateExplanationSessions1790000030053', 'explanation_sessions', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  official_id uuid NOT NULL,
  kind varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic varchar(500) NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offered_on date NOT NULL,
  offered_by uuid NOT NULL,
  answered_on date NULL,
  place varchar(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  held_on date NULL,
  explained varchar(2000) NULL,
  documents varchar(2000) NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_explanation_sessions_case_id (case_id),
  KEY ix_explanation_sessions_unit_id (unit_id, offered_on)`);
