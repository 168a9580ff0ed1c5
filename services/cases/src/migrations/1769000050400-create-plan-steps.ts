import { createTable, type Migration } from '@anjie/service-kit/database';

/** 一案一策四步法: ordered steps of a plan; their names come from the office. */
export const planStepMigrations: readonly Migration[] = [
  createTable('CreatePlanSteps1769000050400', 'plan_steps', `
    id uuid NOT NULL PRIMARY KEY,
    plan_id uuid NOT NULL,
    ordinal smallint NOT NULL,
    name varchar(100) NOT NULL,
    done_on date NULL,
    note varchar(500) NULL,
    UNIQUE KEY uq_plan_steps_place (plan_id, ordinal)`),
];
