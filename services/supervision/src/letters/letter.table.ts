import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

export const letterTable = new EntitySchema({
  name: 'SupervisionLetter',
  tableName: 'supervision_letters',
  columns: {
    id: { ...uuid, primary: true }, from_unit_id: uuid, number_year: { type: 'smallint' }, serial: whole, kind: ascii(20), case_id: uuid, to_unit_id: uuid,
    issued_by: uuid, ground: ascii(32), body: { type: 'text' }, reply_due_on: day, issued_on: day, issued_at: moment, state: ascii(12),
    reply: { type: 'text', nullable: true }, replied_on: { ...day, nullable: true }, replied_by: { ...uuid, nullable: true },
    closed_on: { ...day, nullable: true }, obligation_id: uuid, version: whole,
  },
  indices: [
    { name: 'uq_supervision_letters_number', unique: true, columns: ['from_unit_id', 'number_year', 'serial'] },
    { name: 'ix_supervision_letters_case_id', columns: ['case_id', 'issued_at'] },
    { name: 'ix_supervision_letters_to_unit_id', columns: ['to_unit_id', 'issued_at'] },
    { name: 'ix_supervision_letters_issued_at', columns: ['issued_at', 'id'] },
  ],
});

export const letterCounterTable = new EntitySchema({
  name: 'LetterCounter',
  tableName: 'letter_counters',
  columns: { unit_id: { ...uuid, primary: true }, number_year: { type: 'smallint', primary: true }, last_serial: whole },
});
