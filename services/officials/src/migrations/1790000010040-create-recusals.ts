import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** `active_case_id` is the case while the request waits or was granted, NULL once it was refused: one per case and official. */
export const createRecusals = createTable('CreateRecusals1790000010040', 'recusals', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  active_case_id uuid NULL,
  official_id uuid NOT NULL,
  unit_id uuid NULL,
  origin varchar(16) ${ASCII} NOT NULL,
  ground varchar(16) ${ASCII} NOT NULL,
  reason varchar(500) NOT NULL,
  requested_by varchar(64) ${ASCII} NOT NULL,
  requested_on date NOT NULL,
  state varchar(12) ${ASCII} NOT NULL,
  decided_by uuid NULL,
  decided_on date NULL,
  decision varchar(500) NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_recusals_active (active_case_id, official_id),
  KEY ix_recusals_case_id (case_id, requested_on),
  KEY ix_recusals_official_id (official_id, requested_on)`);
