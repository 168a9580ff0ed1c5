import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

export const coordinationCandidateTable = new EntitySchema({
  name: 'CoordinationCandidate', tableName: 'coordination_candidates',
  columns: {
    id: { ...uuid, primary: true }, referral_id: uuid, case_id: uuid, division_code: ascii(12), from_unit_id: uuid, to_unit_id: uuid,
    office_unit_id: { ...uuid, nullable: true }, raised_on: day, due_on: day, obligation_id: { ...uuid, nullable: true }, state: ascii(12),
    meeting_id: { ...uuid, nullable: true }, settled_on: { ...day, nullable: true }, version: whole,
  },
  indices: [
    { name: 'uq_coordination_candidates_referral', unique: true, columns: ['referral_id', 'raised_on'] },
    { name: 'ix_coordination_candidates_raised_on', columns: ['raised_on', 'id'] },
    { name: 'ix_coordination_candidates_case_id', columns: ['case_id', 'raised_on', 'id'] },
    { name: 'ix_coordination_candidates_office_unit_id', columns: ['office_unit_id', 'state', 'due_on'] },
  ],
});
