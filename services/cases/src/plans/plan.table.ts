import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };

const planTable = new EntitySchema({
  name: 'ResolutionPlan', tableName: 'resolution_plans',
  columns: {
    id, case_id: { type: 'uuid' }, active_case_id: { type: 'uuid', nullable: true }, revision: { type: 'int' }, measures: { type: 'text' },
    made_on: { type: 'date' }, made_by: ascii(64),
  },
  indices: [
    { name: 'uq_resolution_plans_active_case', unique: true, columns: ['active_case_id'] },
    { name: 'uq_resolution_plans_revision', unique: true, columns: ['case_id', 'revision'] },
  ],
});

const milestoneTable = new EntitySchema({
  name: 'PlanMilestone', tableName: 'plan_milestones',
  columns: {
    id, plan_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, title: { type: 'varchar', length: 200 }, due_on: { type: 'date' },
    done_on: { type: 'date', nullable: true },
  },
  indices: [{ name: 'uq_plan_milestones_place', unique: true, columns: ['plan_id', 'ordinal'] }],
});

export const planTables = [planTable, milestoneTable] as unknown as readonly EntitySchema<never>[];
