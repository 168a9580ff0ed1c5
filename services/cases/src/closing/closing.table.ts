import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalId = { type: 'uuid' as const, nullable: true };
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };

const closingTable = new EntitySchema({
  name: 'Closing', tableName: 'closings',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, revision: { type: 'smallint' }, unit_id: { type: 'uuid' }, submitted_on: day,
    submitted_by: ascii(64), track: ascii(16), proposed_end: ascii(16), evidence: { type: 'varchar', length: 2000 }, reservations: { type: 'text' },
    document_id: { type: 'uuid' }, state: ascii(16), decided_on: optionalDay, reviewing_unit_id: optionalId, first_reviewer_id: optionalId,
    second_reviewer_id: optionalId, reason_codes: { type: 'text' },
  },
  indices: [{ name: 'uq_closings_revision', unique: true, columns: ['case_id', 'revision'] }],
});

const endTable = new EntitySchema({
  name: 'CaseEnd', tableName: 'case_ends',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, kind: ascii(16), active_kind: { ...ascii(16), nullable: true }, ended_on: day,
    ground: ascii(32), is_in_time: { type: 'boolean', nullable: true }, track: { ...ascii(16), nullable: true }, document_id: optionalId, unit_id: optionalId,
    revoked_on: optionalDay, revoked_ground: { type: 'varchar', length: 200, nullable: true },
  },
  indices: [
    { name: 'uq_case_ends_active', unique: true, columns: ['case_id', 'active_kind'] },
    { name: 'ix_case_ends_case_id', columns: ['case_id', 'ended_on', 'id'] },
  ],
});

export const closingTables = [closingTable, endTable] as unknown as readonly EntitySchema<never>[];
