import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text } from '../directory/columns';

/** What an official or a unit owes by an act of this service; supervision keeps the alarm. One per subject. */
export const dutyTable = new EntitySchema({
  name: 'Duty', tableName: 'duties',
  columns: {
    id, subject_type: ascii(32), subject_id: reference, case_id: reference, duty_code: ascii(24), obligor_unit_id: optionalReference, obligor_official_id: optionalReference,
    state: ascii(12), start_on: day, due_raw: day, due_on: day, is_provisional: { type: 'boolean' }, rule_code: ascii(24), rule_version: ascii(32),
    calendar_version: ascii(64), jurisdiction_code: ascii(12), basis: text(200), met_on: optionalDay, version: { type: 'int', default: 1 },
  },
  indices: [{ name: 'uq_duties_subject_id', unique: true, columns: ['subject_id'] }],
});
