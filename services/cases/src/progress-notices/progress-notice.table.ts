import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const uuid = { type: 'uuid' as const };

const matterAgencyTable = new EntitySchema({
  name: 'MatterAgency', tableName: 'matter_agencies',
  columns: { agency_task_id: { ...uuid, primary: true }, case_id: uuid, level: ascii(12), unit_id: uuid, state: ascii(12), state_since: { type: 'date' } },
  indices: [{ name: 'ix_matter_agencies_case_id', columns: ['case_id'] }],
});

const progressNoticeTable = new EntitySchema({
  name: 'ProgressNotice', tableName: 'progress_notices',
  columns: { id: { ...uuid, primary: true }, case_id: uuid, unit_id: uuid, text: { type: 'varchar', length: 1000 }, given_on: { type: 'date' }, given_by: uuid },
  indices: [{ name: 'ix_progress_notices_case_id', columns: ['case_id', 'given_on'] }],
});

export const matterHelpTables = [matterAgencyTable, progressNoticeTable] as unknown as readonly EntitySchema<never>[];
