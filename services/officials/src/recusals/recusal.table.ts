import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

/** `active_case_id` is the case while the request waits or was granted, NULL once it was refused: one per case and official. */
export const recusalTable = new EntitySchema({
  name: 'Recusal', tableName: 'recusals',
  columns: {
    id, case_id: reference, active_case_id: optionalReference, official_id: reference, unit_id: optionalReference, origin: ascii(16), ground: ascii(16), reason: text(500),
    requested_by: ascii(64), requested_on: day, state: ascii(12), decided_by: optionalReference, decided_on: optionalDay, decision: { ...text(500), nullable: true }, version,
  },
  indices: [
    { name: 'uq_recusals_active', unique: true, columns: ['active_case_id', 'official_id'] },
    { name: 'ix_recusals_case_id', columns: ['case_id', 'requested_on'] },
    { name: 'ix_recusals_official_id', columns: ['official_id', 'requested_on'] },
  ],
});
