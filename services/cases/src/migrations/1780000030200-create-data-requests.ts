import { createTable, migration, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** What petitioners ask about their own data, and what was corrected. */
export const dataRequestMigrations: readonly Migration[] = [
  createTable('CreateDataRequests1780000030200', 'data_requests', `
    id uuid NOT NULL PRIMARY KEY,
    petition_id uuid NOT NULL,
    case_id uuid NOT NULL,
    office_unit_id uuid NULL,
    data_right varchar(16) ${ASCII} NOT NULL,
    via varchar(8) ${ASCII} NOT NULL,
    open_right varchar(16) ${ASCII} NULL,
    words_sealed mediumblob NULL,
    petitioner_id uuid NULL,
    field varchar(16) ${ASCII} NULL,
    value_sealed varbinary(1400) NULL,
    asked_on date NOT NULL,
    asked_by varchar(64) ${ASCII} NOT NULL,
    due_on date NOT NULL,
    due_basis varchar(200) NOT NULL,
    outcome varchar(16) ${ASCII} NULL,
    basis varchar(300) NULL,
    reasons_sealed mediumblob NULL,
    evidence varchar(200) NULL,
    decided_on date NULL,
    decided_by varchar(64) ${ASCII} NULL,
    decided_unit_id uuid NULL,
    file_id uuid NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_data_requests_open (petition_id, open_right),
    KEY ix_data_requests_due (due_on, id),
    KEY ix_data_requests_case_id (case_id)`),
  createTable('CreateIdentityCorrections1780000030201', 'identity_corrections', `
    id uuid NOT NULL PRIMARY KEY,
    petitioner_id uuid NOT NULL,
    request_id uuid NOT NULL,
    field varchar(16) ${ASCII} NOT NULL,
    before_sealed varbinary(1400) NULL,
    corrected_on date NOT NULL,
    corrected_by varchar(64) ${ASCII} NOT NULL,
    KEY ix_identity_corrections_petitioner_id (petitioner_id, corrected_on)`),
  migration('AddPetitionRestrictedOn1780000030202', 'ALTER TABLE petitions ADD COLUMN restricted_on date NULL', 'ALTER TABLE petitions DROP COLUMN restricted_on'),
];
