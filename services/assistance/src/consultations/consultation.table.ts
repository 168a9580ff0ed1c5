import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const legalConsultationTable = new EntitySchema({
  name: 'LegalConsultation',
  tableName: 'legal_consultations',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, unit_id: uuid, pool_division_code: ascii(12), question: text(2000), state: ascii(24), requested_on: day, requested_by: uuid,
    assigned_on: { ...day, ...nullable }, due_on: { ...day, ...nullable }, office_unit_id: { ...uuid, ...nullable }, higher_division_code: { ...ascii(12), ...nullable },
    higher_reason: { ...text(1000), ...nullable }, higher_answer: { ...ascii(12), ...nullable }, higher_answer_reason: { ...text(1000), ...nullable },
    delivered_on: { ...day, ...nullable }, document_ref: { ...text(200), ...nullable }, qualification: { ...text(2000), ...nullable }, facts: { ...text(2000), ...nullable },
    law: { ...text(2000), ...nullable }, advice: { ...text(2000), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_legal_consultations_case_id', columns: ['case_id'] },
    { name: 'ix_legal_consultations_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_legal_consultations_pool_division_code', columns: ['pool_division_code', 'state'] },
  ],
});

export const consultedExpertTable = new EntitySchema({
  name: 'ConsultedExpert',
  tableName: 'consulted_experts',
  columns: { consultation_id: { ...uuid, primary: true }, expert_id: { ...uuid, primary: true } },
});
