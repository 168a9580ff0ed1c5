import { EntitySchema } from 'typeorm';

export const planStepTable = new EntitySchema({
  name: 'PlanStep', tableName: 'plan_steps',
  columns: {
    id: { type: 'uuid', primary: true }, plan_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, name: { type: 'varchar', length: 100 },
    done_on: { type: 'date', nullable: true }, note: { type: 'varchar', length: 500, nullable: true },
  },
  indices: [{ name: 'uq_plan_steps_place', unique: true, columns: ['plan_id', 'ordinal'] }],
}) as unknown as EntitySchema<never>;
