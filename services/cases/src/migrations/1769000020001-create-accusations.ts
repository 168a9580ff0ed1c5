import { createTable, migration, type Migration } from '@anjie/service-kit/database';

/** The sealed lane: what an accusation says, whom it accuses, where it went, who read it, and who is kept out of any case. */
export const accusationMigrations: readonly Migration[] = [
  migration('AddIsSealedToCases1769000020001', 'ALTER TABLE cases ADD COLUMN is_sealed tinyint(1) NOT NULL DEFAULT 0', 'ALTER TABLE cases DROP COLUMN is_sealed'),
  createTable('CreateAccusations1769000020002', 'accusations', `
    case_id uuid NOT NULL PRIMARY KEY,
    stage varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stage_on date NOT NULL,
    to_unit_id uuid NULL,
    transferred_on date NULL,
    transferred_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    note_sealed varbinary(4200) NULL`),
  createTable('CreateAccusationTexts1769000020003', 'accusation_texts', `
    petition_id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    body_sealed mediumblob NOT NULL,
    KEY ix_accusation_texts_case_id (case_id)`),
  createTable('CreateAccusedParties1769000020004', 'accused_parties', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    unit_id uuid NULL,
    official_id uuid NULL,
    description_sealed varbinary(2100) NULL,
    KEY ix_accused_parties_case_id (case_id)`),
  createTable('CreateAccusationReadings1769000020005', 'accusation_readings', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    reader varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    read_at datetime(3) NOT NULL,
    reason_sealed varbinary(900) NOT NULL,
    KEY ix_accusation_readings_reader (reader, read_at)`),
  createTable('CreateExclusionRecords1769000020006', 'exclusion_records', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    active_case_id uuid NULL,
    party_kind varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    party_id uuid NOT NULL,
    ground varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason_sealed varbinary(900) NULL,
    recorded_on date NOT NULL,
    recorded_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lifted_on date NULL,
    lifted_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    lift_reason_sealed varbinary(900) NULL,
    UNIQUE KEY uq_exclusion_records_active (active_case_id, party_kind, party_id),
    KEY ix_exclusion_records_case_id (case_id)`),
];
