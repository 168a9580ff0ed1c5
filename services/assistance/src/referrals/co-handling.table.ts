import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const coHandlingTable = new EntitySchema({
  name: 'ReferralCoHandling',
  tableName: 'referral_co_handlings',
  columns: {
    id: { ...uuid, primary: true }, referral_id: uuid, case_id: uuid, unit_id: uuid, task: { type: 'varchar', length: 1000 }, state: ascii(12),
    assigned_official_id: { ...uuid, ...nullable }, asked_on: day, asked_by: uuid, sign_due_on: day, complete_by: day, signed_on: { ...day, ...nullable },
    done_on: { ...day, ...nullable }, outcome: { type: 'varchar', length: 1000, ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'uq_referral_co_handlings_referral_id_unit_id', unique: true, columns: ['referral_id', 'unit_id'] },
    { name: 'ix_referral_co_handlings_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_referral_co_handlings_case_id', columns: ['case_id'] },
    { name: 'ix_referral_co_handlings_assigned_official_id', columns: ['assigned_official_id'] },
  ],
});
