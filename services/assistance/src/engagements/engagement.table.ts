import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };

export const serviceEngagementTable = new EntitySchema({
  name: 'ServiceEngagement',
  tableName: 'service_engagements',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, unit_id: uuid, kind: ascii(48), participant_id: { ...uuid, nullable: true }, contract_id: { ...uuid, nullable: true },
    state: ascii(12), offered_on: day, offered_by: uuid, answered_on: { ...day, nullable: true }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_service_engagements_case_id', columns: ['case_id'] },
    { name: 'ix_service_engagements_unit_id', columns: ['unit_id', 'offered_on'] },
  ],
});
