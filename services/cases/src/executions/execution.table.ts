import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };

const executionTable = new EntitySchema({
  name: 'Execution', tableName: 'executions',
  columns: {
    id, case_id: { type: 'uuid' }, source_type: ascii(16), source_id: { type: 'uuid' }, claim_id: { type: 'uuid', nullable: true }, unit_id: { type: 'uuid' },
    promise: { type: 'varchar', length: 500 }, due_on: { type: 'date' }, state: ascii(16), done_on: { type: 'date', nullable: true },
    report: { type: 'varchar', length: 1000, nullable: true }, version: { type: 'bigint' },
  },
  indices: [{ name: 'ix_executions_case_id', columns: ['case_id', 'due_on', 'id'] }],
});

const settlementTable = new EntitySchema({
  name: 'Settlement', tableName: 'settlements',
  columns: {
    id, case_id: { type: 'uuid' }, kind: ascii(16), agreed_on: { type: 'date' }, agreement_reference: { type: 'varchar', length: 100 },
    terms_sealed: { type: 'mediumblob' }, recorded_by: ascii(64),
  },
  indices: [{ name: 'ix_settlements_case_id', columns: ['case_id'] }],
});

export const executionTables = [executionTable, settlementTable] as unknown as readonly EntitySchema<never>[];
