import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const day = { type: 'date' as const };

export const markTable = new EntitySchema({
  name: 'CaseMark', tableName: 'case_marks',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, seq: { type: 'int' }, active_case_id: { type: 'uuid', nullable: true }, kind: ascii(16), value: ascii(8),
    ground: { ...ascii(16), nullable: true }, criteria: { type: 'text', nullable: true }, reason: { type: 'varchar', length: 500 }, marked_on: day, marked_by: ascii(64),
    review_on: day, replaced_on: { type: 'date', nullable: true },
  },
  indices: [
    { name: 'uq_case_marks_active_case', unique: true, columns: ['active_case_id', 'kind'] },
    { name: 'uq_case_marks_seq', unique: true, columns: ['case_id', 'seq'] },
    { name: 'ix_case_marks_value', columns: ['kind', 'value', 'active_case_id'] },
  ],
}) as unknown as EntitySchema<never>;
