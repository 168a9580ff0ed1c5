import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalId = { type: 'uuid' as const, nullable: true };

const objectionTable = new EntitySchema({
  name: 'Objection', tableName: 'objections',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, kind: ascii(16), unit_id: { type: 'uuid' }, raised_on: { type: 'date' },
    reasons: { type: 'varchar', length: 2000 }, decision: { ...ascii(16), nullable: true }, decided_on: { type: 'date', nullable: true },
    decided_by: { ...ascii(64), nullable: true }, decided_unit_id: optionalId, decision_note: { type: 'varchar', length: 1000, nullable: true },
    version: { type: 'bigint' },
  },
  indices: [{ name: 'ix_objections_case_id', columns: ['case_id', 'raised_on', 'id'] }],
});

export const objectionTables = [objectionTable] as unknown as readonly EntitySchema<never>[];
