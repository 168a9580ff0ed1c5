import { createTable } from '@anjie/service-kit/database';

export const createReliefEntries = createTable('CreateReliefEntries1790000030003', 'relief_entries', `
  id uuid NOT NULL PRIMARY KEY,
  application_id uuid NOT NULL,
  seq int NOT NULL,
  kind varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  of_entry_id uuid NULL,
  amount decimal(12,2) NOT NULL,
  on_date date NOT NULL,
  evidence_ref varchar(200) NOT NULL,
  reason varchar(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  recorded_by uuid NULL,
  UNIQUE KEY uq_relief_entries_application_id_seq (application_id, seq),
  KEY ix_relief_entries_on_date (on_date)`);
