import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalFlag, reference, text, version } from '../directory/columns';

export const sponsorDutyTable = new EntitySchema({
  name: 'SponsorDuty', tableName: 'sponsor_duties',
  columns: {
    id, sponsorship_id: reference, case_id: reference, kind: ascii(48), ordinal: { type: 'smallint' }, state: ascii(12), opened_on: day, due_on: day, done_on: optionalDay,
    evidence_kind: { ...ascii(12), nullable: true }, evidence_ref: { ...text(200), nullable: true }, note: { ...text(1000), nullable: true },
    contact_offered: optionalFlag, contact_answer: { ...ascii(12), nullable: true }, version,
  },
  indices: [
    { name: 'uq_sponsor_duties_kind', unique: true, columns: ['sponsorship_id', 'kind'] },
    { name: 'ix_sponsor_duties_case_id', columns: ['case_id', 'state'] },
  ],
});
