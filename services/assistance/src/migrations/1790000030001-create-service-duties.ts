import { createTable } from '@anjie/service-kit/database';

export const createServiceDuties = createTable('CreateServiceDuties1790000030001', 'service_duties', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  subject_type varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id uuid NOT NULL,
  duty_code varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  obligor_unit_id uuid NULL,
  obligor_official_id uuid NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  start_on date NOT NULL,
  due_raw date NOT NULL,
  due_on date NOT NULL,
  is_provisional tinyint(1) NOT NULL,
  rule_code varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule_version varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  calendar_version varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  jurisdiction_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  basis varchar(200) NOT NULL,
  met_on date NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_service_duties_subject_id (subject_id, state)`);
