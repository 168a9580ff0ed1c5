import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** What officials reported of activities, as far as form and substance go (no words), and what the checks found. */
export const formalismMigrations = [
  createTable('CreateKnownActivities1790000020030', 'known_activities', `
    activity_id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    planned_on date NOT NULL,
    held_on date NULL,
    has_outcome tinyint(1) NOT NULL,
    offered_contact tinyint(1) NOT NULL,
    text_key varchar(64) ${ASCII} NULL,
    KEY ix_known_activities_state (state, held_on)`),
  createTable('CreateKnownActivityCases1790000020031', 'known_activity_cases', `
    activity_id uuid NOT NULL,
    case_id uuid NOT NULL,
    PRIMARY KEY (activity_id, case_id),
    KEY ix_known_activity_cases_case_id (case_id, activity_id)`),
  createTable('CreateKnownActivityOfficials1790000020032', 'known_activity_officials', `
    activity_id uuid NOT NULL,
    official_id uuid NOT NULL,
    PRIMARY KEY (activity_id, official_id)`),
  createTable('CreateFormalismFindings1790000020033', 'formalism_findings', `
    id uuid NOT NULL PRIMARY KEY,
    rule varchar(48) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    official_id uuid NULL,
    case_id uuid NULL,
    activity_id uuid NULL,
    amount int NOT NULL,
    since_on date NOT NULL,
    found_on date NOT NULL,
    found_at datetime(3) NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    reason varchar(1000) NULL,
    settled_on date NULL,
    settled_by uuid NULL,
    version int NOT NULL,
    KEY ix_formalism_findings_unit_id (unit_id, found_at),
    KEY ix_formalism_findings_case_id (case_id, found_at),
    KEY ix_formalism_findings_found_at (found_at, id),
    KEY ix_formalism_findings_state (state, rule)`),
];
