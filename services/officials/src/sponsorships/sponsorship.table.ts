import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, version } from '../directory/columns';

/** `active_case_id` is the case while the sponsorship is active, NULL afterwards: its unique index keeps it to one per case. */
export const sponsorshipTable = new EntitySchema({
  name: 'Sponsorship', tableName: 'sponsorships',
  columns: {
    id, case_id: reference, active_case_id: optionalReference, official_id: reference, unit_id: optionalReference, level: { ...ascii(16), nullable: true },
    started_on: day, ended_on: optionalDay, end_reason: { ...ascii(24), nullable: true }, version,
  },
  indices: [
    { name: 'uq_sponsorships_active_case_id', unique: true, columns: ['active_case_id'] },
    { name: 'ix_sponsorships_case_id', columns: ['case_id', 'started_on'] },
    { name: 'ix_sponsorships_official_id', columns: ['official_id', 'started_on'] },
  ],
});
