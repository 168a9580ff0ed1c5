import { createTable } from '@anjie/service-kit/database';

export const createServiceEngagements = createTable('CreateServiceEngagements1790000030052', 'service_engagements', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  kind varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  participant_id uuid NULL,
  contract_id uuid NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offered_on date NOT NULL,
  offered_by uuid NOT NULL,
  answered_on date NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_service_engagements_case_id (case_id),
  KEY ix_service_engagements_unit_id (unit_id, offered_on)`);
