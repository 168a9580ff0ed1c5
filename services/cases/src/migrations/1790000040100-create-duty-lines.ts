import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** “三到位” as duties of units, each with its evidence. */
export const dutyLineMigrations: readonly Migration[] = [
  createTable('CreateDutyLines1790000040100', 'duty_lines', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    active_case_id uuid NULL,
    line varchar(12) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    clock_id uuid NULL,
    due_on date NOT NULL,
    reason varchar(500) NOT NULL,
    set_on date NOT NULL,
    set_by varchar(64) ${ASCII} NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    outcome varchar(1000) NULL,
    ended_on date NULL,
    ended_by varchar(64) ${ASCII} NULL,
    version int NOT NULL,
    UNIQUE KEY uq_duty_lines_active_case (active_case_id, line),
    KEY ix_duty_lines_case_id (case_id, set_on, id)`),
];
