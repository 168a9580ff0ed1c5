import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalMoment = { type: 'datetime' as const, precision: 3, nullable: true };
const count = { type: 'int' as const, default: 0 };
const optionalId = { type: 'uuid' as const, nullable: true };

export const importRunTable = new EntitySchema({
  name: 'ImportRun', tableName: 'import_runs',
  columns: {
    id: { type: 'uuid', primary: true }, kind: ascii(64), definition_version: { type: 'int' }, file_id: { type: 'uuid' },
    file_sha256: { type: 'binary', length: 32 }, parameters: { type: 'text' }, state: ascii(12), is_dry_run: { type: 'tinyint' },
    requester: ascii(64), requester_unit_id: optionalId, requested_by: { type: 'text' }, request_id: { type: 'varchar', length: 64 },
    rows_total: { type: 'int', nullable: true }, rows_read: count, rows_valid: count, rows_faulty: count, rows_duplicate: count,
    rows_committed: count, rows_repeated: count, last_row: count, attempts: count, failure_code: { ...ascii(48), nullable: true },
    failure_text: { type: 'text', nullable: true }, lease_until: optionalMoment, claim_token: optionalId, error_file_id: optionalId,
    created_at: { type: 'datetime', precision: 3 }, started_at: optionalMoment, finished_at: optionalMoment, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_import_runs_work', columns: ['state', 'lease_until'] },
    { name: 'ix_import_runs_requester', columns: ['requester', 'created_at'] },
    { name: 'ix_import_runs_requester_unit_id', columns: ['requester_unit_id', 'created_at'] },
  ],
});

export const importRowKeyTable = new EntitySchema({
  name: 'ImportRowKey', tableName: 'import_row_keys',
  columns: {
    scope: { ...ascii(64), primary: true }, row_key: { type: 'binary', length: 32, primary: true }, run_id: { type: 'uuid' },
    created_at: { type: 'datetime', precision: 3 },
  },
});

export const importProblemTable = new EntitySchema({
  name: 'ImportProblem', tableName: 'import_problems',
  columns: {
    run_id: { type: 'uuid', primary: true }, row_number: { type: 'int', primary: true }, ordinal: { type: 'smallint', primary: true },
    address: { ...ascii(12), nullable: true }, header: { type: 'varchar', length: 64, nullable: true }, code: ascii(48),
    is_notice: { type: 'tinyint' }, message_zh: { type: 'varchar', length: 300 }, message_en: { type: 'varchar', length: 500 },
  },
});

export const importDroppedFieldTable = new EntitySchema({
  name: 'ImportDroppedField', tableName: 'import_dropped_fields',
  columns: {
    run_id: { type: 'uuid', primary: true }, column_key: { ...ascii(64), primary: true }, header: { type: 'varchar', length: 64 },
    is_forbidden: { type: 'tinyint' }, row_count: { type: 'int' },
  },
});

export const importTables = [importRunTable, importRowKeyTable, importProblemTable, importDroppedFieldTable] as unknown as readonly EntitySchema<never>[];
