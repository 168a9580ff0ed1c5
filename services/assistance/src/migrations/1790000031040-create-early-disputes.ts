import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** An issue about an object, a service or a unit: no column for a person. */
export const createEarlyDisputes = createTable('CreateEarlyDisputes1790000031040', 'early_disputes', `
  id uuid NOT NULL PRIMARY KEY,
  kind varchar(48) ${ASCII} NOT NULL,
  division_code varchar(12) ${ASCII} NOT NULL,
  issue varchar(1000) NOT NULL,
  unit_id uuid NOT NULL,
  reported_on date NOT NULL,
  reported_by uuid NOT NULL,
  state varchar(12) ${ASCII} NOT NULL,
  responsible_unit_id uuid NULL,
  handed_on date NULL,
  due_on date NULL,
  settled_on date NULL,
  outcome varchar(1000) NULL,
  case_id uuid NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_early_disputes_unit_id (unit_id),
  KEY ix_early_disputes_responsible_unit_id_state (responsible_unit_id, state),
  KEY ix_early_disputes_division_code (division_code),
  KEY ix_early_disputes_reported_on (reported_on)`);
