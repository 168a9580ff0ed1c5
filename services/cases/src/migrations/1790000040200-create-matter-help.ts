import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** What a petitioner sees of help with the matter: who acts as agent (a copy of assistance's), and how far the unit says it is. */
export const matterHelpMigrations: readonly Migration[] = [
  createTable('CreateMatterAgencies1790000040200', 'matter_agencies', `
    agency_task_id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    level varchar(12) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    state_since date NOT NULL,
    KEY ix_matter_agencies_case_id (case_id)`),
  createTable('CreateProgressNotices1790000040201', 'progress_notices', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    text varchar(1000) NOT NULL,
    given_on date NOT NULL,
    given_by uuid NOT NULL,
    KEY ix_progress_notices_case_id (case_id, given_on)`),
];
