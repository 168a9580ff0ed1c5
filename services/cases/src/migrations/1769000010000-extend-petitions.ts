import { createTable, migration, type Migration } from '@anjie/service-kit/database';

const ascii = (length: number): string => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
const CODES = ['cause', 'hot_topic', 'system', 'category'];

/** What is known of a petition beyond its text, parts and authorities of petitioners, and what was mended. */
export const intakeMigrations: readonly Migration[] = [
  migration(
    'ExtendPetitions1769000010000',
    `ALTER TABLE petitions
      ADD COLUMN received_on date NULL,
      ADD COLUMN addressee varchar(100) NULL,
      ADD COLUMN external_form ${ascii(24)} NULL,
      ADD COLUMN stated_purpose ${ascii(16)} NULL,
      ADD COLUMN is_joint tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN is_collective tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN is_anonymous tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN is_identity_unclear tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN consents_to_publication tinyint(1) NULL,
      ADD COLUMN is_first_at_org tinyint(1) NULL,
      ADD COLUMN is_first_nationwide tinyint(1) NULL,
      ADD COLUMN major_urgent_at datetime(3) NULL,
      ADD COLUMN involves_litigation tinyint(1) NOT NULL DEFAULT 0,
      ADD COLUMN is_cross_separation tinyint(1) NOT NULL DEFAULT 0,
      ${CODES.map((name) => `ADD COLUMN ${name}_slug varchar(64) NULL, ADD COLUMN ${name}_code ${ascii(16)} NULL`).join(',\n      ')},
      ADD COLUMN residence_division ${ascii(12)} NULL,
      ADD COLUMN household_division ${ascii(12)} NULL`,
    `ALTER TABLE petitions
      DROP COLUMN received_on, DROP COLUMN addressee, DROP COLUMN external_form, DROP COLUMN stated_purpose, DROP COLUMN is_joint, DROP COLUMN is_collective,
      DROP COLUMN is_anonymous, DROP COLUMN is_identity_unclear, DROP COLUMN consents_to_publication, DROP COLUMN is_first_at_org, DROP COLUMN is_first_nationwide,
      DROP COLUMN major_urgent_at, DROP COLUMN involves_litigation, DROP COLUMN is_cross_separation,
      ${CODES.map((name) => `DROP COLUMN ${name}_slug, DROP COLUMN ${name}_code`).join(', ')}, DROP COLUMN residence_division, DROP COLUMN household_division`,
  ),
  migration(
    'ExtendPetitioners1769000010001',
    `ALTER TABLE petitioners
      ADD COLUMN role ${ascii(16)} NULL,
      ADD COLUMN id_kind ${ascii(16)} NULL,
      ADD COLUMN acts_for_id uuid NULL,
      ADD COLUMN authority_scope ${ascii(100)} NULL,
      ADD COLUMN authority_from date NULL,
      ADD COLUMN authority_to date NULL,
      ADD COLUMN authority_document varchar(100) NULL,
      ADD COLUMN authority_file_id uuid NULL`,
    `ALTER TABLE petitioners DROP COLUMN role, DROP COLUMN id_kind, DROP COLUMN acts_for_id, DROP COLUMN authority_scope, DROP COLUMN authority_from,
      DROP COLUMN authority_to, DROP COLUMN authority_document, DROP COLUMN authority_file_id`,
  ),
  createTable('CreatePetitionCorrections1769000010002', 'petition_corrections', `
    id uuid NOT NULL PRIMARY KEY,
    petition_id uuid NOT NULL,
    case_id uuid NOT NULL,
    field ${ascii(32)} NOT NULL,
    before_value text NULL,
    after_value text NULL,
    reason varchar(200) NOT NULL,
    corrected_by ${ascii(64)} NOT NULL,
    corrected_on date NOT NULL,
    corrected_at datetime(3) NOT NULL,
    KEY ix_petition_corrections_petition_id (petition_id, corrected_at, id)`),
  migration(
    'ExtendClaims1769000010003',
    'ALTER TABLE claims ADD COLUMN withdrawn_on date NULL',
    'ALTER TABLE claims DROP COLUMN withdrawn_on',
  ),
  createTable('CreateClaimChanges1769000010004', 'claim_changes', `
    id uuid NOT NULL PRIMARY KEY,
    claim_id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind ${ascii(16)} NOT NULL,
    before_text varchar(500) NULL,
    after_text varchar(500) NULL,
    reason varchar(200) NOT NULL,
    changed_by ${ascii(64)} NOT NULL,
    changed_at datetime(3) NOT NULL,
    KEY ix_claim_changes_claim_id (claim_id, changed_at)`),
];
