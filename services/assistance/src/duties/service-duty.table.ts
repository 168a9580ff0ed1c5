import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };

export const serviceDutyTable = new EntitySchema({
  name: 'ServiceDuty',
  tableName: 'service_duties',
  columns: {
    id: { ...uuid, primary: true }, case_id: { ...uuid, nullable: true }, subject_type: ascii(48), subject_id: uuid, duty_code: ascii(24), obligor_unit_id: { ...uuid, nullable: true },
    obligor_official_id: { ...uuid, nullable: true }, state: ascii(12), start_on: day, due_raw: day, due_on: day, is_provisional: { type: 'boolean' },
    rule_code: ascii(24), rule_version: ascii(32), calendar_version: ascii(64), jurisdiction_code: ascii(12), basis: { type: 'varchar', length: 200 },
    met_on: { ...day, nullable: true }, version: { type: 'int', default: 1 },
  },
  indices: [{ name: 'ix_service_duties_subject_id', columns: ['subject_id', 'state'] }],
});
