import { createTable } from '@anjie/service-kit/database';

export const createAssistanceApplications = createTable('CreateAssistanceApplications1767225900004', 'assistance_applications', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  referral_id uuid NULL,
  kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id uuid NOT NULL,
  requested_amount decimal(12,2) NOT NULL,
  need varchar(1000) NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  submitted_on date NOT NULL,
  submitted_by uuid NOT NULL,
  decided_on date NULL,
  decided_amount decimal(12,2) NULL,
  decline_reason varchar(1000) NULL,
  paid_on date NULL,
  evidence_ref varchar(200) NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_assistance_applications_case_id (case_id),
  KEY ix_assistance_applications_unit_id_state (unit_id, state)`);
