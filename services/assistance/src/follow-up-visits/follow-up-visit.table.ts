import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const nullable = { nullable: true };

export const followUpVisitTable = new EntitySchema({
  name: 'FollowUpVisit',
  tableName: 'follow_up_visits',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, kind: ascii(24), planned_on: { type: 'date' }, unit_id: uuid, official_id: { ...uuid, ...nullable }, state: ascii(12),
    done_on: { type: 'date', ...nullable }, summary: { type: 'varchar', length: 1000, ...nullable }, version: { type: 'int', default: 1 },
    origin: { ...ascii(12), default: 'PLANNED' }, place: { ...ascii(24), ...nullable }, offered_on: { type: 'date', ...nullable }, ended_on: { type: 'date', ...nullable },
    left_to_do: { ...ascii(24), ...nullable }, moved_from_unit_id: { ...uuid, ...nullable }, flag_code: { ...ascii(24), ...nullable },
  },
  indices: [
    { name: 'ix_follow_up_visits_case_id', columns: ['case_id'] },
    { name: 'ix_follow_up_visits_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_follow_up_visits_official_id_state', columns: ['official_id', 'state'] },
  ],
});
