import { createTable, migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Kinds are data: drafts, approval, adoption, the way back. A draft has no number, no day and no duty yet; `issued_at` is then when it was written. */
export const instrumentMigrations = [
  migration(
    'GrowLettersIntoInstruments1790000020010',
    `ALTER TABLE supervision_letters
       MODIFY kind varchar(48) ${ASCII} NOT NULL, MODIFY case_id uuid NULL, MODIFY number_year smallint NULL, MODIFY serial int NULL, MODIFY reply_due_on date NULL,
       MODIFY issued_on date NULL, MODIFY obligation_id uuid NULL,
       ADD COLUMN about_unit_id uuid NULL, ADD COLUMN to_official_id uuid NULL, ADD COLUMN issued_as varchar(16) ${ASCII} NOT NULL DEFAULT 'JOINT_OFFICE',
       ADD COLUMN division_code varchar(12) ${ASCII} NULL, ADD COLUMN evidence varchar(500) NULL, ADD COLUMN accountability_grounds varchar(500) ${ASCII} NOT NULL DEFAULT '',
       ADD COLUMN asked_reply_on date NULL, ADD COLUMN approver_unit_id uuid NULL, ADD COLUMN approved_by uuid NULL, ADD COLUMN approving_unit_id uuid NULL,
       ADD COLUMN approved_on date NULL, ADD COLUMN approval_reference varchar(200) NULL,
       ADD COLUMN adoption varchar(12) ${ASCII} NULL, ADD COLUMN adoption_reason text NULL, ADD COLUMN has_progress tinyint(1) NULL,
       ADD COLUMN withdrawn_on date NULL, ADD COLUMN withdrawn_by uuid NULL, ADD COLUMN withdrawal_reason text NULL,
       ADD COLUMN objection text NULL, ADD COLUMN objected_by uuid NULL, ADD COLUMN objected_on date NULL, ADD COLUMN objection_decision varchar(12) ${ASCII} NULL,
       ADD COLUMN objection_reason text NULL, ADD COLUMN objection_decided_by uuid NULL, ADD COLUMN objection_decided_on date NULL,
       ADD KEY ix_supervision_letters_about_unit_id (about_unit_id, case_id, issued_at), ADD KEY ix_supervision_letters_to_official_id (to_official_id, issued_at),
       ADD CONSTRAINT ck_supervision_letters_issued CHECK (issued_on IS NULL OR (serial IS NOT NULL AND reply_due_on IS NOT NULL AND obligation_id IS NOT NULL)),
       ADD CONSTRAINT ck_supervision_letters_four_eyes CHECK (approved_by IS NULL OR approved_by <> issued_by)`,
    `ALTER TABLE supervision_letters
       DROP CONSTRAINT ck_supervision_letters_four_eyes, DROP CONSTRAINT ck_supervision_letters_issued,
       DROP KEY ix_supervision_letters_to_official_id, DROP KEY ix_supervision_letters_about_unit_id,
       DROP COLUMN objection_decided_on, DROP COLUMN objection_decided_by, DROP COLUMN objection_reason, DROP COLUMN objection_decision, DROP COLUMN objected_on,
       DROP COLUMN objected_by, DROP COLUMN objection, DROP COLUMN withdrawal_reason, DROP COLUMN withdrawn_by, DROP COLUMN withdrawn_on, DROP COLUMN has_progress,
       DROP COLUMN adoption_reason, DROP COLUMN adoption, DROP COLUMN approval_reference, DROP COLUMN approved_on, DROP COLUMN approving_unit_id, DROP COLUMN approved_by,
       DROP COLUMN approver_unit_id, DROP COLUMN asked_reply_on, DROP COLUMN accountability_grounds, DROP COLUMN evidence, DROP COLUMN division_code, DROP COLUMN issued_as,
       DROP COLUMN to_official_id, DROP COLUMN about_unit_id`,
  ),
  migration('BackfillUnitsOfLetters1790000020011', 'UPDATE supervision_letters SET about_unit_id = to_unit_id', 'UPDATE supervision_letters SET about_unit_id = NULL'),
  createTable('CreateInterviewRecords1790000020012', 'interview_records', `
    letter_id uuid NOT NULL PRIMARY KEY,
    held_on date NOT NULL,
    record text NOT NULL,
    recorded_by uuid NOT NULL,
    recording_unit_id uuid NOT NULL,
    recorded_at datetime(3) NOT NULL,
    rectify_by date NULL,
    obligation_id uuid NULL`),
  createTable('CreateLadderSuggestions1790000020013', 'ladder_suggestions', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    rung tinyint NOT NULL,
    office_unit_id uuid NOT NULL,
    suggested_on date NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    reason varchar(1000) NULL,
    settled_on date NULL,
    settled_by uuid NULL,
    version int NOT NULL,
    UNIQUE KEY uq_ladder_suggestions_rung (case_id, unit_id, rung),
    KEY ix_ladder_suggestions_suggested_on (suggested_on, id),
    KEY ix_ladder_suggestions_unit_id (unit_id, suggested_on)`),
];
