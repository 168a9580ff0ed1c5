import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Screening batches and what they found. */
export const screeningMigrations: readonly Migration[] = [
  createTable('CreateScreeningBatches1769000050100', 'screening_batches', `
    id uuid NOT NULL PRIMARY KEY,
    campaign_id uuid NOT NULL,
    ordinal int NOT NULL,
    state varchar(8) ${ASCII} NOT NULL,
    registered_from date NOT NULL,
    registered_to date NOT NULL,
    minimum_petitions int NOT NULL,
    is_unresolved_only tinyint(1) NOT NULL,
    content_category varchar(64) NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    opened_on date NOT NULL,
    opened_by varchar(64) ${ASCII} NOT NULL,
    closed_on date NULL,
    closed_by varchar(64) ${ASCII} NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_screening_batches_ordinal (campaign_id, ordinal)`),
  createTable('CreateScreeningCandidates1769000050101', 'screening_candidates', `
    id uuid NOT NULL PRIMARY KEY,
    batch_id uuid NOT NULL,
    case_id uuid NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    petition_count int NOT NULL,
    duplicate_ground varchar(16) ${ASCII} NULL,
    entry_id uuid NULL,
    reason varchar(500) NULL,
    decided_on date NULL,
    decided_by varchar(64) ${ASCII} NULL,
    UNIQUE KEY uq_screening_candidates_case (batch_id, case_id),
    KEY ix_screening_candidates_state (batch_id, state),
    KEY ix_screening_candidates_case_id (case_id)`),
];
