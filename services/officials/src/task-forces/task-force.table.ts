import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

/** `active_case_id` and `active_official_id` are NULL once it is over: their unique indexes keep it to one at a time. */
export const taskForceTable = new EntitySchema({
  name: 'TaskForce', tableName: 'task_forces',
  columns: {
    id, case_id: reference, active_case_id: optionalReference, name: text(100), purpose: text(500), formed_on: day, dissolved_on: optionalDay, version,
    level: { ...ascii(12), nullable: true }, ends_on: optionalDay, upper_case_id: optionalReference,
  },
  indices: [
    { name: 'uq_task_forces_active_case_id', unique: true, columns: ['active_case_id'] },
    { name: 'uq_task_forces_upper_case_id', unique: true, columns: ['upper_case_id'] },
    { name: 'ix_task_forces_case_id', columns: ['case_id'] },
  ],
});

export const taskForceMemberTable = new EntitySchema({
  name: 'TaskForceMember', tableName: 'task_force_members',
  columns: {
    id, task_force_id: reference, official_id: reference, active_official_id: optionalReference, duty: ascii(12),
    home_unit_id: optionalReference, joined_on: day, left_on: optionalDay,
  },
  indices: [
    { name: 'uq_task_force_members_active', unique: true, columns: ['task_force_id', 'active_official_id'] },
    { name: 'ix_task_force_members_official_id', columns: ['official_id'] },
  ],
});
