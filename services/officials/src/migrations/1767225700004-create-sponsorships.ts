import { createTable } from '@anjie/service-kit/database';

export const createSponsorships = createTable('CreateSponsorships1767225700004', 'sponsorships', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  active_case_id uuid NULL,
  official_id uuid NOT NULL,
  level varchar(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  started_on date NOT NULL,
  ended_on date NULL,
  end_reason varchar(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_sponsorships_active_case_id (active_case_id),
  KEY ix_sponsorships_case_id (case_id, started_on),
  KEY ix_sponsorships_official_id (official_id, started_on)`);
