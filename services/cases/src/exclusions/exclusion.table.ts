import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const sealed = { type: 'varbinary' as const, length: 900, nullable: true };

export const exclusionTable = new EntitySchema({
  name: 'ExclusionRecord', tableName: 'exclusion_records',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, active_case_id: { type: 'uuid', nullable: true }, party_kind: ascii(8), party_id: { type: 'uuid' },
    ground: ascii(20), reason_sealed: sealed, recorded_on: { type: 'date' }, recorded_by: ascii(64), lifted_on: { type: 'date', nullable: true },
    lifted_by: { ...ascii(64), nullable: true }, lift_reason_sealed: sealed,
  },
  indices: [
    { name: 'uq_exclusion_records_active', unique: true, columns: ['active_case_id', 'party_kind', 'party_id'] },
    { name: 'ix_exclusion_records_case_id', columns: ['case_id'] },
  ],
}) as unknown as EntitySchema<never>;
