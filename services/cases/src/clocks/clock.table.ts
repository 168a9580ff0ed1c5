import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const day = { type: 'date' as const };

const clockTable = new EntitySchema({
  name: 'CaseClock', tableName: 'case_clocks',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, code: ascii(32), nature: ascii(16), obligor_unit_id: { type: 'uuid', nullable: true },
    subject_type: ascii(32), subject_id: { type: 'uuid' }, start_on: day, due_raw: day, due_on: day, is_provisional: { type: 'boolean' },
    extension_days: { type: 'smallint' }, hearing_days: { type: 'smallint' }, assigned_on: { ...day, nullable: true }, rule_code: ascii(32),
    rule_version: ascii(32), calendar_version: { type: 'varchar', length: 64 }, jurisdiction_code: ascii(12), basis: { type: 'varchar', length: 200 },
    state: ascii(16), ended_on: { ...day, nullable: true }, version: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_case_clocks_case_id', columns: ['case_id', 'start_on', 'id'] },
    { name: 'ix_case_clocks_due', columns: ['nature', 'state', 'due_on'] },
    { name: 'ix_case_clocks_obligor_unit_id', columns: ['obligor_unit_id', 'state', 'case_id'] },
  ],
});

export const clockTables = [clockTable] as unknown as readonly EntitySchema<never>[];
