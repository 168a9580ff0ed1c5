import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

const optionalId = { ...uuid, nullable: true };
const optionalDay = { ...day, nullable: true };
const optionalText = { type: 'text' as const, nullable: true };

export const letterTable = new EntitySchema({
  name: 'SupervisionLetter',
  tableName: 'supervision_letters',
  columns: {
    id: { ...uuid, primary: true }, from_unit_id: uuid, number_year: { type: 'smallint', nullable: true }, serial: { ...whole, nullable: true }, kind: ascii(48),
    case_id: optionalId, to_unit_id: uuid,
    issued_by: uuid, ground: ascii(32), body: { type: 'text' }, reply_due_on: optionalDay, issued_on: optionalDay, issued_at: moment, state: ascii(12),
    reply: { type: 'text', nullable: true }, replied_on: { ...day, nullable: true }, replied_by: { ...uuid, nullable: true },
    closed_on: optionalDay, obligation_id: optionalId, version: whole,
    about_unit_id: optionalId, to_official_id: optionalId, issued_as: { ...ascii(16), default: 'JOINT_OFFICE' }, division_code: { ...ascii(12), nullable: true },
    evidence: { type: 'varchar', length: 500, nullable: true }, accountability_grounds: { ...ascii(500), default: '' }, asked_reply_on: optionalDay,
    approver_unit_id: optionalId, approved_by: optionalId, approving_unit_id: optionalId, approved_on: optionalDay, approval_reference: { type: 'varchar', length: 200, nullable: true },
    adoption: { ...ascii(12), nullable: true }, adoption_reason: optionalText, has_progress: { type: 'boolean', nullable: true },
    withdrawn_on: optionalDay, withdrawn_by: optionalId, withdrawal_reason: optionalText, objection: optionalText, objected_by: optionalId, objected_on: optionalDay,
    objection_decision: { ...ascii(12), nullable: true }, objection_reason: optionalText, objection_decided_by: optionalId, objection_decided_on: optionalDay,
  },
  indices: [
    { name: 'uq_supervision_letters_number', unique: true, columns: ['from_unit_id', 'number_year', 'serial'] },
    { name: 'ix_supervision_letters_case_id', columns: ['case_id', 'issued_at'] },
    { name: 'ix_supervision_letters_to_unit_id', columns: ['to_unit_id', 'issued_at'] },
    { name: 'ix_supervision_letters_issued_at', columns: ['issued_at', 'id'] },
    { name: 'ix_supervision_letters_about_unit_id', columns: ['about_unit_id', 'case_id', 'issued_at'] },
    { name: 'ix_supervision_letters_to_official_id', columns: ['to_official_id', 'issued_at'] },
  ],
});

export const letterCounterTable = new EntitySchema({
  name: 'LetterCounter',
  tableName: 'letter_counters',
  columns: { unit_id: { ...uuid, primary: true }, number_year: { type: 'smallint', primary: true }, last_serial: whole },
});

export const interviewRecordTable = new EntitySchema({
  name: 'InterviewRecord',
  tableName: 'interview_records',
  columns: {
    letter_id: { ...uuid, primary: true }, held_on: day, record: { type: 'text' }, recorded_by: uuid, recording_unit_id: uuid, recorded_at: moment,
    rectify_by: optionalDay, obligation_id: optionalId,
  },
});
