import { createTable } from '@anjie/service-kit/database';

export const createAgreementItems = createTable('CreateAgreementItems1790000030011', 'agreement_items', `
  id uuid NOT NULL PRIMARY KEY,
  mediation_id uuid NOT NULL,
  case_id uuid NOT NULL,
  seq int NOT NULL,
  obligor_unit_id uuid NULL,
  obligor_official_id uuid NULL,
  promise varchar(1000) NOT NULL,
  due_on date NOT NULL,
  done_on date NULL,
  evidence_ref varchar(200) NULL,
  version int NOT NULL DEFAULT 1,
  UNIQUE KEY uq_agreement_items_mediation_id_seq (mediation_id, seq),
  KEY ix_agreement_items_obligor_unit_id (obligor_unit_id, done_on)`);
