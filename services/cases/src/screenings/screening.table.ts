import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };
const optionalActor = { ...ascii(64), nullable: true };

const batchTable = new EntitySchema({
  name: 'ScreeningBatch', tableName: 'screening_batches',
  columns: {
    id, campaign_id: { type: 'uuid' }, ordinal: { type: 'int' }, state: ascii(8), registered_from: day, registered_to: day, minimum_petitions: { type: 'int' },
    is_unresolved_only: { type: 'boolean' }, content_category: { type: 'varchar', length: 64, nullable: true }, division_code: ascii(12), opened_on: day,
    opened_by: ascii(64), closed_on: optionalDay, closed_by: optionalActor, version: { type: 'bigint' },
  },
  indices: [{ name: 'uq_screening_batches_ordinal', unique: true, columns: ['campaign_id', 'ordinal'] }],
});

const candidateTable = new EntitySchema({
  name: 'ScreeningCandidate', tableName: 'screening_candidates',
  columns: {
    id, batch_id: { type: 'uuid' }, case_id: { type: 'uuid' }, state: ascii(12), petition_count: { type: 'int' }, duplicate_ground: { ...ascii(16), nullable: true },
    entry_id: { type: 'uuid', nullable: true }, reason: { type: 'varchar', length: 500, nullable: true }, decided_on: optionalDay, decided_by: optionalActor,
  },
  indices: [
    { name: 'uq_screening_candidates_case', unique: true, columns: ['batch_id', 'case_id'] },
    { name: 'ix_screening_candidates_state', columns: ['batch_id', 'state'] },
    { name: 'ix_screening_candidates_case_id', columns: ['case_id'] },
  ],
});

export const screeningTables = [batchTable, candidateTable] as unknown as readonly EntitySchema<never>[];
