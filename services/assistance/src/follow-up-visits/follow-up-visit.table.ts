import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };

export const followUpVisitTable = new EntitySchema({
  name: 'FollowUpVisit',
  tableName: 'follow_up_visits',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, kind: ascii(24), planned_on: { type: 'date' }, unit_id: uuid, official_id: uuid, state: ascii(12),
    done_on: { type: 'date', nullable: true }, summary: { type: 'varchar', length: 1000, nullable: true }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_follow_up_visits_case_id', columns: ['case_id'] },
    { name: 'ix_follow_up_visits_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_follow_up_visits_official_id_state', columns: ['official_id', 'state'] },
  ],
});
