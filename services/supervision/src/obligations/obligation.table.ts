import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

export const obligationTable = new EntitySchema({
  name: 'Obligation',
  tableName: 'obligations',
  columns: {
    id: { ...uuid, primary: true }, case_id: { ...uuid, nullable: true }, campaign_id: { ...uuid, nullable: true }, duty_code: ascii(48), state: ascii(12), overdue_at: { ...moment, nullable: true },
    obligor_unit_id: { ...uuid, nullable: true }, obligor_official_id: { ...uuid, nullable: true }, subject_type: ascii(48), subject_id: uuid,
    start_on: day, due_raw: day, due_on: day, is_provisional: { type: 'boolean' }, rule_code: ascii(48), rule_version: ascii(32),
    calendar_version: ascii(64), jurisdiction_code: ascii(12), basis: { type: 'varchar', length: 300 }, met_on: { ...day, nullable: true },
    source: ascii(32), declared_version: { type: 'bigint' }, version: whole,
  },
  indices: [
    { name: 'ix_obligations_case_id', columns: ['case_id', 'state', 'due_on'] },
    { name: 'ix_obligations_obligor_unit_id', columns: ['obligor_unit_id', 'state', 'due_on'] },
    { name: 'ix_obligations_obligor_official_id', columns: ['obligor_official_id', 'state', 'due_on'] },
    { name: 'ix_obligations_due_on', columns: ['due_on', 'id'] },
  ],
});
