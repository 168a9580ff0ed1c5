import { createTable, type Migration } from '@anjie/service-kit/database';

/** Campaigns with phases and targets, and the ledgers that count cases. */
export const campaignMigrations: readonly Migration[] = [
  createTable('CreateCampaigns1768000001000', 'campaigns', `
    id uuid NOT NULL PRIMARY KEY,
    code varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(200) NOT NULL,
    parent_id uuid NULL,
    division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    basis_documents text NOT NULL,
    cohort_from date NOT NULL,
    cohort_to date NOT NULL,
    cohort_frozen_on date NULL,
    cohort_hash binary(32) NULL,
    cohort_size int NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_campaigns_code (code),
    KEY ix_campaigns_parent_id (parent_id, code),
    KEY ix_campaigns_division_code (division_code)`),
  createTable('CreateCampaignAncestors1768000001001', 'campaign_ancestors', `
    campaign_id uuid NOT NULL,
    ancestor_id uuid NOT NULL,
    PRIMARY KEY (campaign_id, ancestor_id),
    KEY ix_campaign_ancestors_ancestor_id (ancestor_id)`),
  createTable('CreateCampaignPhases1768000001002', 'campaign_phases', `
    campaign_id uuid NOT NULL,
    ordinal smallint NOT NULL,
    name varchar(100) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    PRIMARY KEY (campaign_id, ordinal)`),
  createTable('CreateCampaignTargets1768000001003', 'campaign_targets', `
    campaign_id uuid NOT NULL,
    due_on date NOT NULL,
    percent smallint NOT NULL,
    minimum int NULL,
    PRIMARY KEY (campaign_id, due_on)`),
  createTable('CreateLedgerEntries1768000001004', 'ledger_entries', `
    id uuid NOT NULL PRIMARY KEY,
    campaign_id uuid NOT NULL,
    case_id uuid NOT NULL,
    entry_no int NOT NULL,
    division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_on date NOT NULL,
    limit_on date NULL,
    resolved_on date NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_ledger_entries_case (campaign_id, case_id),
    UNIQUE KEY uq_ledger_entries_entry_no (campaign_id, entry_no),
    KEY ix_ledger_entries_case_id (case_id)`),
];
