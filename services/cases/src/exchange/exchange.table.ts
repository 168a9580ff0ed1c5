import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalAscii = (length: number) => ({ ...ascii(length), nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length: String(length), nullable: true });
const unknownFlag = { type: 'boolean' as const, nullable: true };
const moment = { type: 'datetime' as const, precision: 3 };
const optionalMoment = { ...moment, nullable: true };
const optionalId = { type: 'uuid' as const, nullable: true };
const count = { type: 'int' as const };

const recordTable = new EntitySchema({
  name: 'ExchangeRecord', tableName: 'exchange_records',
  columns: {
    petition_id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, source_division: ascii(6),
    external_number: { type: 'varchar', length: 64, charset: 'utf8mb4', collation: 'utf8mb4_bin' }, run_id: { type: 'uuid' }, imported_on: { type: 'date' },
    external_id: words(64), joint_id: words(64), registered_at: optionalMoment, org_name: words(255), org_code: words(64), org_kind: words(64), org_department: words(255),
    clerk: words(50), status: optionalAscii(32), first_org: words(255), first_on: { type: 'date', nullable: true }, is_repeat: unknownFlag, repeat_of: words(64),
    is_backlog: unknownFlag, is_reviewed: unknownFlag, is_re_reviewed: unknownFlag, is_closed: unknownFlag, is_closing_accepted: unknownFlag, due_at: optionalMoment,
    procedure_kind: optionalAscii(16), codes: { type: 'text' },
  },
  indices: [
    { name: 'uq_exchange_records_source', unique: true, columns: ['source_division', 'external_number'] },
    { name: 'ix_exchange_records_case_id', columns: ['case_id'] },
  ],
});

const exportTable = new EntitySchema({
  name: 'ExchangeExport', tableName: 'exchange_exports',
  columns: {
    id: { type: 'uuid', primary: true }, state: ascii(12), identity_mode: ascii(8), filter_json: { type: 'text' }, reason: { type: 'varchar', length: 200 }, requester: ascii(64),
    requested_by: { type: 'text' }, request_id: { type: 'varchar', length: 64 }, rows_total: count, rows_written: count, texts_shortened: count, file_id: optionalId,
    attempts: count, claim_token: optionalId, lease_until: optionalMoment, created_at: moment, finished_at: optionalMoment,
  },
  indices: [
    { name: 'ix_exchange_exports_work', columns: ['state', 'lease_until'] },
    { name: 'ix_exchange_exports_requester', columns: ['requester', 'created_at'] },
  ],
});

export const exchangeTables = [recordTable, exportTable] as unknown as readonly EntitySchema<never>[];
