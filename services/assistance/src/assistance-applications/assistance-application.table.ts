import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const amount = { type: 'decimal' as const, precision: 12, scale: 2 };

export const assistanceApplicationTable = new EntitySchema({
  name: 'AssistanceApplication',
  tableName: 'assistance_applications',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, referral_id: { ...uuid, nullable: true }, kind: ascii(48), unit_id: uuid, requested_amount: amount,
    need: { type: 'varchar', length: 1000 }, state: ascii(12), submitted_on: day, submitted_by: uuid, decided_on: { ...day, nullable: true },
    decided_amount: { ...amount, nullable: true }, decline_reason: { type: 'varchar', length: 1000, nullable: true }, paid_on: { ...day, nullable: true },
    evidence_ref: { type: 'varchar', length: 200, nullable: true }, version: { type: 'int', default: 1 }, decide_by: { ...day, nullable: true },
    publicised_on: { ...day, nullable: true }, is_urgent: { type: 'boolean', default: 0 }, answered_on: { ...day, nullable: true }, paid_amount: amount,
  },
  indices: [
    { name: 'ix_assistance_applications_case_id', columns: ['case_id'] },
    { name: 'ix_assistance_applications_unit_id_state', columns: ['unit_id', 'state'] },
  ],
});

export const reliefEntryTable = new EntitySchema({
  name: 'ReliefEntry',
  tableName: 'relief_entries',
  columns: {
    id: { ...uuid, primary: true }, application_id: uuid, seq: { type: 'int' }, kind: ascii(16), of_entry_id: { ...uuid, nullable: true }, amount, on_date: day,
    evidence_ref: { type: 'varchar', length: 200 }, reason: { ...ascii(24), nullable: true }, recorded_by: { ...uuid, nullable: true },
  },
  indices: [
    { name: 'uq_relief_entries_application_id_seq', unique: true, columns: ['application_id', 'seq'] },
    { name: 'ix_relief_entries_on_date', columns: ['on_date'] },
  ],
});
