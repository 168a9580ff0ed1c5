import { createTable, migration, type Migration } from '@anjie/service-kit/database';

const addToCases = (name: string, column: string, definition: string): Migration =>
  migration(name, `ALTER TABLE cases ADD COLUMN ${column} ${definition}`, `ALTER TABLE cases DROP COLUMN ${column}`);

const code = (length: number): string => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;

/** History, clocks, papers, reviews, executions and ends: the legal life of a case. */
export const caseLifeMigrations: readonly Migration[] = [
  addToCases('AddCaseRoute1769000000000', 'route', `${code(16)} NULL`),
  addToCases('AddCaseProcedure1769000000001', 'procedure_kind', `${code(16)} NOT NULL DEFAULT 'ORDINARY'`),
  addToCases('AddCaseClosedOn1769000000002', 'closed_on', 'date NULL'),
  addToCases('AddCaseRelapseUntil1769000000003', 'relapse_until', 'date NULL'),
  createTable('CreateCaseEvents1769000000010', 'case_events', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    seq int NOT NULL,
    recorded_at datetime(3) NOT NULL,
    occurred_on date NOT NULL,
    until_on date NULL,
    actor_kind ${code(16)} NOT NULL,
    actor ${code(64)} NOT NULL,
    actor_unit_id uuid NULL,
    action ${code(48)} NOT NULL,
    ground varchar(1000) NULL,
    basis varchar(200) NULL,
    document_id uuid NULL,
    detail text NOT NULL,
    status ${code(32)} NOT NULL,
    lead_unit_id uuid NULL,
    route ${code(16)} NULL,
    procedure_kind ${code(16)} NOT NULL,
    closed_on date NULL,
    UNIQUE KEY uq_case_events_seq (case_id, seq),
    KEY ix_case_events_day (case_id, occurred_on, seq)`),
  createTable('CreateCaseClocks1769000000011', 'case_clocks', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    code ${code(32)} NOT NULL,
    nature ${code(16)} NOT NULL,
    obligor_unit_id uuid NULL,
    subject_type ${code(32)} NOT NULL,
    subject_id uuid NOT NULL,
    start_on date NOT NULL,
    due_raw date NOT NULL,
    due_on date NOT NULL,
    is_provisional tinyint(1) NOT NULL,
    extension_days smallint NOT NULL,
    hearing_days smallint NOT NULL,
    assigned_on date NULL,
    rule_code ${code(32)} NOT NULL,
    rule_version ${code(32)} NOT NULL,
    calendar_version varchar(64) NOT NULL,
    jurisdiction_code ${code(12)} NOT NULL,
    basis varchar(200) NOT NULL,
    state ${code(16)} NOT NULL,
    ended_on date NULL,
    version bigint NOT NULL,
    KEY ix_case_clocks_case_id (case_id, start_on, id),
    KEY ix_case_clocks_due (nature, state, due_on)`),
];
