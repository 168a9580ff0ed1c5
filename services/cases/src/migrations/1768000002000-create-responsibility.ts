import { createTable, type Migration } from '@anjie/service-kit/database';

/** Who was made responsible, and the plan of the case. */
export const responsibilityMigrations: readonly Migration[] = [
  createTable('CreateAssignments1768000002000', 'assignments', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    active_case_id uuid NULL,
    kind varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lead_unit_id uuid NOT NULL,
    assigned_on date NOT NULL,
    assigned_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    limit_on date NULL,
    note varchar(1000) NULL,
    ended_on date NULL,
    UNIQUE KEY uq_assignments_active_case (active_case_id),
    KEY ix_assignments_case_id (case_id, assigned_on, id)`),
  createTable('CreateAssignmentSupports1768000002001', 'assignment_supports', `
    assignment_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    PRIMARY KEY (assignment_id, unit_id)`),
  createTable('CreateResolutionPlans1768000002002', 'resolution_plans', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    active_case_id uuid NULL,
    revision int NOT NULL,
    measures text NOT NULL,
    made_on date NOT NULL,
    made_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY uq_resolution_plans_active_case (active_case_id),
    UNIQUE KEY uq_resolution_plans_revision (case_id, revision)`),
  createTable('CreatePlanMilestones1768000002003', 'plan_milestones', `
    id uuid NOT NULL PRIMARY KEY,
    plan_id uuid NOT NULL,
    ordinal smallint NOT NULL,
    title varchar(200) NOT NULL,
    due_on date NOT NULL,
    done_on date NULL,
    UNIQUE KEY uq_plan_milestones_place (plan_id, ordinal)`),
];
