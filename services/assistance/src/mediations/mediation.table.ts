import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const mediationTable = new EntitySchema({
  name: 'Mediation',
  tableName: 'mediations',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, kind: ascii(48), unit_id: uuid, respondent_unit_id: { ...uuid, ...nullable }, mediator_unit_id: { ...uuid, ...nullable },
    mediator_official_id: { ...uuid, ...nullable }, mediator_participant_id: { ...uuid, ...nullable }, dispute: text(1000), state: ascii(12), proposed_on: day,
    proposed_by: uuid, petitioner_answer: ascii(12), petitioner_answered_on: { ...day, ...nullable }, respondent_answer: ascii(12),
    respondent_answered_on: { ...day, ...nullable }, told_free_on: { ...day, ...nullable }, started_on: { ...day, ...nullable }, ended_on: { ...day, ...nullable },
    stopped_by: { ...ascii(12), ...nullable }, agreement_ref: { ...text(200), ...nullable }, effective_on: { ...day, ...nullable }, confirm_by: { ...day, ...nullable },
    confirmation_applied_on: { ...day, ...nullable }, confirmed_on: { ...day, ...nullable }, confirmation_ref: { ...text(200), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_mediations_case_id', columns: ['case_id'] },
    { name: 'ix_mediations_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_mediations_respondent_unit_id', columns: ['respondent_unit_id'] },
  ],
});

export const agreementItemTable = new EntitySchema({
  name: 'AgreementItem',
  tableName: 'agreement_items',
  columns: {
    id: { ...uuid, primary: true }, mediation_id: uuid, case_id: uuid, seq: { type: 'int' }, obligor_unit_id: { ...uuid, ...nullable }, obligor_official_id: { ...uuid, ...nullable },
    promise: text(1000), due_on: day, done_on: { ...day, ...nullable }, evidence_ref: { ...text(200), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'uq_agreement_items_mediation_id_seq', unique: true, columns: ['mediation_id', 'seq'] },
    { name: 'ix_agreement_items_obligor_unit_id', columns: ['obligor_unit_id', 'done_on'] },
  ],
});
