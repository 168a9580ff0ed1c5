import { createTable, migration, type Migration } from '@anjie/service-kit/database';

/** How petitions about one matter are found again, and what people decided about them. */
export const repeatMigrations: readonly Migration[] = [
  createTable('CreatePetitionSignatures1769000030000', 'petition_signatures', `
    seq int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    petition_id uuid NOT NULL,
    grams smallint unsigned NOT NULL,
    signature binary(128) NOT NULL,
    UNIQUE KEY uq_petition_signatures_petition (petition_id)`),
  createTable('CreatePetitionBands1769000030001', 'petition_bands', `
    band binary(8) NOT NULL,
    place mediumint unsigned NOT NULL,
    seq int unsigned NOT NULL,
    PRIMARY KEY (band, place, seq)`),
  createTable('CreatePetitionPersons1769000030002', 'petition_persons', `
    print binary(16) NOT NULL,
    seq int unsigned NOT NULL,
    PRIMARY KEY (print, seq)`),
  createTable('CreateSignatureRuns1769000030003', 'signature_runs', `
    id tinyint NOT NULL PRIMARY KEY,
    after_id uuid NOT NULL,
    finished_at datetime(3) NULL,
    CHECK (id = 1)`),
  migration('BackfillSignatureRuns1769000030004', "INSERT INTO signature_runs (id, after_id) VALUES (1, '00000000-0000-0000-0000-000000000000')", 'DELETE FROM signature_runs'),
  createTable('CreateCaseLinks1769000030005', 'case_links', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    case_id uuid NOT NULL,
    into_case_id uuid NOT NULL,
    petition_id uuid NULL,
    active_case_id uuid NULL,
    reason varchar(500) NOT NULL,
    decided_on date NOT NULL,
    decided_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    undo_reason varchar(500) NULL,
    undone_on date NULL,
    undone_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    seq bigint NOT NULL AUTO_INCREMENT,
    UNIQUE KEY uq_case_links_active_case (active_case_id),
    KEY ix_case_links_case_id (case_id),
    KEY ix_case_links_into_case_id (into_case_id),
    UNIQUE KEY uq_case_links_seq (seq)`),
  createTable('CreateBlindMatchAsks1769000030006', 'blind_match_asks', `
    official varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    asked_on date NOT NULL,
    asks int NOT NULL,
    PRIMARY KEY (official, asked_on)`),
];
