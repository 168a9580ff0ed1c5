import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const id = { type: 'uuid' as const, primary: true };
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };

const dataRequestTable = new EntitySchema({
  name: 'DataRequest', tableName: 'data_requests',
  columns: {
    id, petition_id: uuid, case_id: uuid, office_unit_id: optional(uuid), data_right: ascii(16), via: ascii(8), open_right: optional(ascii(16)),
    words_sealed: { type: 'mediumblob', nullable: true }, petitioner_id: optional(uuid), field: optional(ascii(16)), value_sealed: { type: 'varbinary', length: 1400, nullable: true },
    asked_on: day, asked_by: ascii(64), due_on: day, due_basis: { type: 'varchar', length: 200 }, outcome: optional(ascii(16)), basis: { type: 'varchar', length: 300, nullable: true },
    reasons_sealed: { type: 'mediumblob', nullable: true }, evidence: { type: 'varchar', length: 200, nullable: true }, decided_on: optional(day), decided_by: optional(ascii(64)),
    decided_unit_id: optional(uuid), file_id: optional(uuid), version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_data_requests_open', unique: true, columns: ['petition_id', 'open_right'] },
    { name: 'ix_data_requests_due', columns: ['due_on', 'id'] },
    { name: 'ix_data_requests_case_id', columns: ['case_id'] },
  ],
});

const correctionTable = new EntitySchema({
  name: 'IdentityCorrection', tableName: 'identity_corrections',
  columns: {
    id, petitioner_id: uuid, request_id: uuid, field: ascii(16), before_sealed: { type: 'varbinary', length: 1400, nullable: true }, corrected_on: day, corrected_by: ascii(64),
  },
  indices: [{ name: 'ix_identity_corrections_petitioner_id', columns: ['petitioner_id', 'corrected_on'] }],
});

export const dataRequestTables = [dataRequestTable, correctionTable] as unknown as readonly EntitySchema<never>[];
