import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };

const assignmentTable = new EntitySchema({
  name: 'Assignment', tableName: 'assignments',
  columns: {
    id, case_id: { type: 'uuid' }, active_case_id: { type: 'uuid', nullable: true }, kind: ascii(16), lead_unit_id: { type: 'uuid' },
    assigned_on: { type: 'date' }, assigned_by: ascii(64), limit_on: { type: 'date', nullable: true },
    note: { type: 'varchar', length: 1000, nullable: true }, ended_on: { type: 'date', nullable: true },
    guide_unit_id: { type: 'uuid', nullable: true }, guidance_due_on: { type: 'date', nullable: true }, origin: { ...ascii(16), default: 'ORDER' },
  },
  indices: [
    { name: 'uq_assignments_active_case', unique: true, columns: ['active_case_id'] },
    { name: 'ix_assignments_case_id', columns: ['case_id', 'assigned_on', 'id'] },
    { name: 'ix_assignments_guide_unit_id', columns: ['guide_unit_id', 'active_case_id'] },
  ],
});

const supportTable = new EntitySchema({
  name: 'AssignmentSupport', tableName: 'assignment_supports', columns: { assignment_id: id, unit_id: id },
  indices: [{ name: 'ix_assignment_supports_unit_id', columns: ['unit_id', 'assignment_id'] }],
});

export const assignmentTables = [assignmentTable, supportTable] as unknown as readonly EntitySchema<never>[];
