import { createTable, migration, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Two denominators, phases with entry and exit, the history of a ledger entry, strike-off with a second person. */
export const campaignGrowthMigrations: readonly Migration[] = [
  migration(
    'AddCohortSources1769000050000',
    `ALTER TABLE campaigns ADD COLUMN cohort_sources varchar(64) ${ASCII} NOT NULL DEFAULT ''`,
    'ALTER TABLE campaigns DROP COLUMN cohort_sources',
  ),
  migration(
    'AddTargetBase1769000050001',
    `ALTER TABLE campaign_targets ADD COLUMN base varchar(8) ${ASCII} NOT NULL DEFAULT 'COHORT', DROP PRIMARY KEY, ADD PRIMARY KEY (campaign_id, base, due_on)`,
    'ALTER TABLE campaign_targets DROP PRIMARY KEY, ADD PRIMARY KEY (campaign_id, due_on), DROP COLUMN base',
  ),
  migration(
    'AddPhaseEntry1769000050002',
    `ALTER TABLE campaign_phases ADD COLUMN entry_criteria varchar(1000) NULL, ADD COLUMN exit_criteria varchar(1000) NULL,
       ADD COLUMN entered_on date NULL, ADD COLUMN entry_decision varchar(500) NULL, ADD COLUMN entered_by varchar(64) ${ASCII} NULL,
       ADD COLUMN left_on date NULL, ADD COLUMN exit_decision varchar(500) NULL, ADD COLUMN left_by varchar(64) ${ASCII} NULL`,
    `ALTER TABLE campaign_phases DROP COLUMN entry_criteria, DROP COLUMN exit_criteria, DROP COLUMN entered_on, DROP COLUMN entry_decision,
       DROP COLUMN entered_by, DROP COLUMN left_on, DROP COLUMN exit_decision, DROP COLUMN left_by`,
  ),
  migration(
    'AddEntryCohort1769000050003',
    `ALTER TABLE ledger_entries ADD COLUMN cohort varchar(8) ${ASCII} NOT NULL DEFAULT 'CAMPAIGN', ADD COLUMN source varchar(8) ${ASCII} NULL,
       ADD COLUMN struck_off_on date NULL`,
    'ALTER TABLE ledger_entries DROP COLUMN cohort, DROP COLUMN source, DROP COLUMN struck_off_on',
  ),
  createTable('CreateLedgerEvents1769000050004', 'ledger_events', `
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    entry_id uuid NOT NULL,
    kind varchar(16) ${ASCII} NOT NULL,
    on_date date NOT NULL,
    ground varchar(500) NULL,
    actor varchar(64) ${ASCII} NOT NULL,
    KEY ix_ledger_events_entry_id (entry_id, id)`),
  migration(
    'BackfillLedgerEvents1769000050005',
    `INSERT INTO ledger_events (entry_id, kind, on_date, ground, actor)
     SELECT id, 'ENTERED', entered_on, NULL, 'migration' FROM ledger_entries
      UNION ALL SELECT id, 'RESOLVED', resolved_on, NULL, 'migration' FROM ledger_entries WHERE resolved_on IS NOT NULL`,
    "DELETE FROM ledger_events WHERE actor = 'migration'",
  ),
  createTable('CreateStrikeOffs1769000050006', 'strike_offs', `
    id uuid NOT NULL PRIMARY KEY,
    entry_id uuid NOT NULL,
    active_entry_id uuid NULL,
    state varchar(12) ${ASCII} NOT NULL,
    ground varchar(16) ${ASCII} NOT NULL,
    reason varchar(500) NOT NULL,
    requested_on date NOT NULL,
    requested_by varchar(64) ${ASCII} NOT NULL,
    decided_on date NULL,
    decided_by varchar(64) ${ASCII} NULL,
    decision_reason varchar(500) NULL,
    undone_on date NULL,
    undone_by varchar(64) ${ASCII} NULL,
    undo_ground varchar(16) ${ASCII} NULL,
    undo_reason varchar(500) NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_strike_offs_active_entry (active_entry_id),
    KEY ix_strike_offs_entry_id (entry_id, requested_on, id),
    KEY ix_strike_offs_state (state, requested_on, id)`),
];
