import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text } from '../directory/columns';

export const handOverTable = new EntitySchema({
  name: 'SponsorHandOver', tableName: 'sponsor_hand_overs',
  columns: {
    id, sponsorship_id: reference, case_id: reference, unit_id: optionalReference, head_official_id: optionalReference, state: ascii(12), since_on: day, due_on: day, done_on: optionalDay,
    note: { ...text(1000), nullable: true }, successor_id: optionalReference,
  },
  indices: [
    { name: 'uq_sponsor_hand_overs_sponsorship_id', unique: true, columns: ['sponsorship_id'] },
    { name: 'ix_sponsor_hand_overs_case_id', columns: ['case_id', 'state'] },
    { name: 'ix_sponsor_hand_overs_head_official_id', columns: ['head_official_id', 'state'] },
  ],
});
