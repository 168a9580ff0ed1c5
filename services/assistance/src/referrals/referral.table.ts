import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const moment = { type: 'datetime' as const, precision: 3 };
const text = (length: number) => ({ type: 'varchar' as const, length });
const nullable = { nullable: true };

export const referralTable = new EntitySchema({
  name: 'Referral',
  tableName: 'referrals',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, from_unit_id: uuid, to_unit_id: uuid, purpose: ascii(24), request: text(2000), state: ascii(24),
    sent_on: day, sent_by: uuid, delivered_at: { ...moment, ...nullable }, signed_on: { ...day, ...nullable }, sign_due_on: { ...day, ...nullable },
    is_sign_due_provisional: { type: 'boolean', default: 0 }, accepted_on: { ...day, ...nullable }, complete_by: { ...day, ...nullable },
    completed_on: { ...day, ...nullable }, ended_on: { ...day, ...nullable }, outcome: { ...text(2000), ...nullable },
    return_reason: { ...text(1000), ...nullable }, return_refusal_reason: { ...text(1000), ...nullable }, version: { type: 'int', default: 1 },
    lane_code: { ...ascii(48), ...nullable }, pair_id: { ...uuid, ...nullable }, pair_part: { ...ascii(12), ...nullable }, assigned_official_id: { ...uuid, ...nullable },
    return_answer_due_on: { ...day, ...nullable }, disputed_on: { ...day, ...nullable }, dispute_settled_on: { ...day, ...nullable },
    dispute_decision: { ...ascii(12), ...nullable }, flag_code: { ...ascii(24), ...nullable },
  },
  indices: [
    { name: 'ix_referrals_case_id', columns: ['case_id'] },
    { name: 'ix_referrals_from_unit_id_state', columns: ['from_unit_id', 'state'] },
    { name: 'ix_referrals_to_unit_id_state', columns: ['to_unit_id', 'state'] },
    { name: 'ix_referrals_sent_on', columns: ['sent_on'] },
    { name: 'ix_referrals_pair_id', columns: ['pair_id'] },
    { name: 'ix_referrals_assigned_official_id', columns: ['assigned_official_id'] },
    { name: 'ix_referrals_return_answer_due_on', columns: ['return_answer_due_on'] },
  ],
});

export const referralEventTable = new EntitySchema({
  name: 'ReferralEvent',
  tableName: 'referral_events',
  columns: {
    referral_id: { ...uuid, primary: true }, seq: { type: 'int', primary: true }, from_state: { ...ascii(24), ...nullable }, to_state: ascii(24),
    by_official_id: { ...uuid, ...nullable }, unit_id: { ...uuid, ...nullable }, at: moment, note: { ...text(2000), ...nullable },
    act: { ...ascii(32), ...nullable },
  },
});

export const referralReceiptTable = new EntitySchema({
  name: 'ReferralReceipt',
  tableName: 'referral_receipts',
  columns: { referral_id: { ...uuid, primary: true }, to_unit_id: uuid, delivered_at: moment },
});
