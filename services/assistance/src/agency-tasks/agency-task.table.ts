import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const agencyTaskTable = new EntitySchema({
  name: 'AgencyTask',
  tableName: 'agency_tasks',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, kind: ascii(48), level: ascii(12), unit_id: uuid, agent_official_id: { ...uuid, ...nullable }, state: ascii(12),
    state_since: day, offered_on: day, offered_by: uuid, authority_document_id: { ...uuid, ...nullable }, authority_scope: { type: 'varchar', length: 500, ...nullable },
    authority_until: { ...day, ...nullable }, finish_by: { ...day, ...nullable }, done_on: { ...day, ...nullable }, outcome: { type: 'varchar', length: 1000, ...nullable },
    end_reason: { ...ascii(24), ...nullable }, flag_code: { ...ascii(24), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_agency_tasks_case_id', columns: ['case_id'] },
    { name: 'ix_agency_tasks_unit_id_state', columns: ['unit_id', 'state'] },
    { name: 'ix_agency_tasks_agent_official_id_state', columns: ['agent_official_id', 'state'] },
    { name: 'ix_agency_tasks_authority_until', columns: ['authority_until'] },
  ],
});
