import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** `live_key` is null once ended: a unit is asked for one kind in one campaign once. */
export const checklistMigrations: readonly Migration[] = [
  createTable('CreateChecklistAssignments1790000022200', 'checklist_assignments', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    campaign_id uuid NULL,
    starts_on date NOT NULL,
    next_from date NOT NULL,
    ended_on date NULL,
    live_key varchar(140) ${ASCII} NULL,
    assigned_by uuid NOT NULL,
    version int NOT NULL,
    UNIQUE KEY uq_checklist_assignments_live_key (live_key),
    KEY ix_checklist_assignments_next_from (ended_on, next_from),
    KEY ix_checklist_assignments_unit_id (unit_id)`),
  createTable('CreateChecklists1790000022201', 'checklists', `
    id uuid NOT NULL PRIMARY KEY,
    assignment_id uuid NOT NULL,
    kind varchar(48) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    campaign_id uuid NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    due_on date NOT NULL,
    state varchar(8) ${ASCII} NOT NULL,
    overdue_on date NULL,
    filled_on date NULL,
    filled_by uuid NULL,
    version int NOT NULL,
    UNIQUE KEY uq_checklists_period (assignment_id, period_from),
    KEY ix_checklists_unit_id (unit_id, period_from, id),
    KEY ix_checklists_period_from (period_from, id),
    KEY ix_checklists_due_on (state, overdue_on, due_on)`),
  createTable('CreateChecklistAnswers1790000022202', 'checklist_answers', `
    checklist_id uuid NOT NULL,
    item_code varchar(48) ${ASCII} NOT NULL,
    is_yes tinyint(1) NULL,
    amount int NULL,
    words varchar(1000) NULL,
    PRIMARY KEY (checklist_id, item_code),
    CHECK ((is_yes IS NOT NULL) + (amount IS NOT NULL) + (words IS NOT NULL) = 1)`),
];
