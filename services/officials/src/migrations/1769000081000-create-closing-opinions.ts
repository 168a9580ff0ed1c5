import { createTable } from '@anjie/service-kit/database';

/** `active_case_id` is the case until the opinion is withdrawn, NULL afterwards: one standing opinion per case and official. */
export const createClosingOpinions = createTable('CreateClosingOpinions1769000081000', 'closing_opinions', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  active_case_id uuid NULL,
  official_id uuid NOT NULL,
  capacity varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id uuid NOT NULL,
  revision int NOT NULL,
  is_agreed tinyint(1) NOT NULL,
  opinion text NOT NULL,
  on_report varchar(200) NULL,
  report_document_id uuid NULL,
  signed_on date NOT NULL,
  withdrawn_on date NULL,
  withdrawal_reason varchar(500) NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_closing_opinions_active (active_case_id, official_id),
  UNIQUE KEY uq_closing_opinions_revision (case_id, revision),
  KEY ix_closing_opinions_official_id (official_id, signed_on)`);
