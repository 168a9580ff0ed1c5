import { createTable, migration, type Migration } from '../database';

/** Who may see a case, where it lies, which ledgers count it. Truth in cases, a copy everywhere else, the same tables. */
export const caseScopeMigrations: readonly Migration[] = [
  createTable('CreateCaseScopes1767225600020', 'case_scopes', `
    case_id uuid NOT NULL PRIMARY KEY,
    division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lead_unit_id uuid NULL,
    lead_since date NULL,
    plan_since date NULL,
    closed_on date NULL,
    version bigint NOT NULL,
    KEY ix_case_scopes_division_code (division_code)`),
  createTable('CreateCaseParties1767225600021', 'case_parties', `
    case_id uuid NOT NULL,
    party_kind varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    party_id uuid NOT NULL,
    role varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (case_id, party_kind, party_id, role),
    KEY ix_case_parties_party (party_kind, party_id, case_id)`),
  createTable('CreateCaseExclusions1767225600022', 'case_exclusions', `
    case_id uuid NOT NULL,
    party_kind varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    party_id uuid NOT NULL,
    PRIMARY KEY (case_id, party_kind, party_id)`),
  createTable('CreateCaseLedgers1767225600023', 'case_ledgers', `
    case_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_on date NOT NULL,
    removed_on date NULL,
    PRIMARY KEY (case_id, campaign_id),
    KEY ix_case_ledgers_campaign (campaign_id, division_code)`),
  createTable('CreateUnitClosure1767225600024', 'unit_closure', `
    descendant_id uuid NOT NULL,
    ancestor_id uuid NOT NULL,
    PRIMARY KEY (descendant_id, ancestor_id),
    KEY ix_unit_closure_ancestor_id (ancestor_id, descendant_id)`),
  migration('AddIsSealedToCaseScopes1769000020000', 'ALTER TABLE case_scopes ADD COLUMN is_sealed tinyint(1) NOT NULL DEFAULT 0', 'ALTER TABLE case_scopes DROP COLUMN is_sealed'),
  migration('AddSinceOnToCaseExclusions1780000020002', 'ALTER TABLE case_exclusions ADD COLUMN since_on date NULL', 'ALTER TABLE case_exclusions DROP COLUMN since_on'),
  // for officials: the hardest cases go to the top leaders, and a case past its limit needs a new plan
  migration(
    'AddHardnessToCaseScopes1790000010900', 'ALTER TABLE case_scopes ADD COLUMN is_hard tinyint(1) NOT NULL DEFAULT 0, ADD COLUMN limit_on date NULL, ADD COLUMN plan_on date NULL',
    'ALTER TABLE case_scopes DROP COLUMN plan_on, DROP COLUMN limit_on, DROP COLUMN is_hard',
  ),
  // for supervision: bulletins count what came into a ledger as resolved
  migration('AddRecognisedOnToCaseLedgers1790000040000', 'ALTER TABLE case_ledgers ADD COLUMN recognised_on date NULL', 'ALTER TABLE case_ledgers DROP COLUMN recognised_on'),
];

/** Copies of the officials service's directory, for every other service. */
export const directoryMigrations: readonly Migration[] = [
  createTable('CreateKnownDivisions1767225600030', 'known_divisions', `
    code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name varchar(120) NOT NULL,
    parent_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    valid_to date NULL`),
  createTable('CreateKnownUnits1767225600031', 'known_units', `
    id uuid NOT NULL PRIMARY KEY,
    code varchar(32) NOT NULL,
    name varchar(200) NOT NULL,
    kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    head_official_id uuid NULL,
    successor_unit_id uuid NULL,
    valid_to date NULL,
    KEY ix_known_units_name (name),
    KEY ix_known_units_division_code (division_code)`),
  createTable('CreateKnownOfficials1767225600032', 'known_officials', `
    id uuid NOT NULL PRIMARY KEY,
    staff_no varchar(32) NOT NULL,
    name varchar(100) NOT NULL,
    unit_id uuid NULL,
    valid_to date NULL,
    KEY ix_known_officials_staff_no (staff_no),
    KEY ix_known_officials_name (name)`),
  migration('AddSessionsValidAfterToKnownOfficials1780000020003', 'ALTER TABLE known_officials ADD COLUMN sessions_valid_after datetime(3) NULL', 'ALTER TABLE known_officials DROP COLUMN sessions_valid_after'),
  createTable('CreatePosts1780000020004', 'posts', `
    official_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PRIMARY',
    started_on date NOT NULL,
    ended_on date NULL,
    PRIMARY KEY (official_id, unit_id, started_on, kind)`),
  // until officials has told of them, the unit that is known is the post that is held
  migration('BackfillPosts1780000020005', `INSERT INTO posts (official_id, unit_id, started_on) SELECT id, unit_id, '1949-10-01' FROM known_officials WHERE unit_id IS NOT NULL`, 'DELETE FROM posts'),
];
