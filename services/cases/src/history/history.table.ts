import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalId = { type: 'uuid' as const, nullable: true };
const optionalDay = { type: 'date' as const, nullable: true };

const eventTable = new EntitySchema({
  name: 'CaseEvent', tableName: 'case_events',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, seq: { type: 'int' }, recorded_at: { type: 'datetime', precision: 3 },
    occurred_on: { type: 'date' }, until_on: optionalDay, actor_kind: ascii(16), actor: ascii(64), actor_unit_id: optionalId, action: ascii(48),
    ground: { type: 'varchar', length: 1000, nullable: true }, basis: { type: 'varchar', length: 200, nullable: true }, document_id: optionalId,
    detail: { type: 'text' }, status: ascii(32), lead_unit_id: optionalId, route: { ...ascii(16), nullable: true }, procedure_kind: ascii(16),
    closed_on: optionalDay,
  },
  indices: [
    { name: 'uq_case_events_seq', unique: true, columns: ['case_id', 'seq'] },
    { name: 'ix_case_events_day', columns: ['case_id', 'occurred_on', 'seq'] },
  ],
});

export const historyTables = [eventTable] as unknown as readonly EntitySchema<never>[];
