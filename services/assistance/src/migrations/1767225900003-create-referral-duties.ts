import { createTable } from '@anjie/service-kit/database';

export const createReferralDuties = createTable('CreateReferralDuties1767225900003', 'referral_duties', `
  id uuid NOT NULL PRIMARY KEY,
  referral_id uuid NOT NULL,
  case_id uuid NOT NULL,
  duty_code varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  obligor_unit_id uuid NOT NULL,
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
  UNIQUE KEY uq_referral_duties_referral_id_duty_code (referral_id, duty_code)`);
