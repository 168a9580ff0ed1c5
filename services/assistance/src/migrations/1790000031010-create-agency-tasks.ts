import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** No column for a fee, none for a condition, none for a name. */
export const createAgencyTasks = createTable('CreateAgencyTasks1790000031010', 'agency_tasks', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  kind varchar(48) ${ASCII} NOT NULL,
  level varchar(12) ${ASCII} NOT NULL,
  unit_id uuid NOT NULL,
  agent_official_id uuid NULL,
  state varchar(12) ${ASCII} NOT NULL,
  state_since date NOT NULL,
  offered_on date NOT NULL,
  offered_by uuid NOT NULL,
  authority_document_id uuid NULL,
  authority_scope varchar(500) NULL,
  authority_until date NULL,
  finish_by date NULL,
  done_on date NULL,
  outcome varchar(1000) NULL,
  end_reason varchar(24) ${ASCII} NULL,
  flag_code varchar(24) ${ASCII} NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_agency_tasks_case_id (case_id),
  KEY ix_agency_tasks_unit_id_state (unit_id, state),
  KEY ix_agency_tasks_agent_official_id_state (agent_official_id, state),
  KEY ix_agency_tasks_authority_until (authority_until)`);
