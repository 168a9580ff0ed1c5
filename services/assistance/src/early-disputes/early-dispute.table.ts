import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const earlyDisputeTable = new EntitySchema({
  name: 'EarlyDispute',
  tableName: 'early_disputes',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), division_code: ascii(12), issue: { type: 'varchar', length: 1000 }, unit_id: uuid, reported_on: day, reported_by: uuid,
    state: ascii(12), responsible_unit_id: { ...uuid, ...nullable }, handed_on: { ...day, ...nullable }, due_on: { ...day, ...nullable }, settled_on: { ...day, ...nullable },
    outcome: { type: 'varchar', length: 1000, ...nullable }, case_id: { ...uuid, ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_early_disputes_unit_id', columns: ['unit_id'] },
    { name: 'ix_early_disputes_responsible_unit_id_state', columns: ['responsible_unit_id', 'state'] },
    { name: 'ix_early_disputes_division_code', columns: ['division_code'] },
    { name: 'ix_early_disputes_reported_on', columns: ['reported_on'] },
  ],
});
