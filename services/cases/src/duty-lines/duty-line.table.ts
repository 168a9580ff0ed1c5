import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const day = { type: 'date' as const };

export const dutyLineTable = new EntitySchema({
  name: 'DutyLine', tableName: 'duty_lines',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, active_case_id: { type: 'uuid', nullable: true }, line: ascii(12), unit_id: { type: 'uuid' }, clock_id: { type: 'uuid', nullable: true },
    due_on: day, reason: { type: 'varchar', length: 500 }, set_on: day, set_by: ascii(64), state: ascii(12), outcome: { type: 'varchar', length: 1000, nullable: true },
    ended_on: { type: 'date', nullable: true }, ended_by: { ...ascii(64), nullable: true }, version: { type: 'int' },
  },
  indices: [
    { name: 'uq_duty_lines_active_case', unique: true, columns: ['active_case_id', 'line'] },
    { name: 'ix_duty_lines_case_id', columns: ['case_id', 'set_on', 'id'] },
  ],
}) as unknown as EntitySchema<never>;
