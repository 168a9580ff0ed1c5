import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const createDuties = createTable('CreateDuties1790000010000', 'duties', `
  id uuid NOT NULL PRIMARY KEY,
  subject_type varchar(32) ${ASCII} NOT NULL,
  subject_id uuid NOT NULL,
  case_id uuid NOT NULL,
  duty_code varchar(24) ${ASCII} NOT NULL,
  obligor_unit_id uuid NULL,
  obligor_official_id uuid NULL,
  state varchar(12) ${ASCII} NOT NULL,
  start_on date NOT NULL,
  due_raw date NOT NULL,
  due_on date NOT NULL,
  is_provisional tinyint(1) NOT NULL,
  rule_code varchar(24) ${ASCII} NOT NULL,
  rule_version varchar(32) ${ASCII} NOT NULL,
  calendar_version varchar(64) ${ASCII} NOT NULL,
  jurisdiction_code varchar(12) ${ASCII} NOT NULL,
  basis varchar(200) NOT NULL,
  met_on date NULL,
  version int NOT NULL DEFAULT 1,
  UNIQUE KEY uq_duties_subject_id (subject_id)`);
