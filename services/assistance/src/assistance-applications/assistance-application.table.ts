import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const amount = { type: 'decimal' as const, precision: 12, scale: 2 };

export const assistanceApplicationTable = new EntitySchema({
  name: 'AssistanceApplication',
  tableName: 'assistance_applications',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, referral_id: { ...uuid, nullable: true }, kind: ascii(24), unit_id: uuid, requested_amount: amount,
    need: { type: 'varchar', length: 1000 }, state: ascii(12), submitted_on: day, submitted_by: uuid, decided_on: { ...day, nullable: true },
    decided_amount: { ...amount, nullable: true }, decline_reason: { type: 'varchar', length: 1000, nullable: true }, paid_on: { ...day, nullable: true },
    evidence_ref: { type: 'varchar', length: 200, nullable: true }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_assistance_applications_case_id', columns: ['case_id'] },
    { name: 'ix_assistance_applications_unit_id_state', columns: ['unit_id', 'state'] },
  ],
});
