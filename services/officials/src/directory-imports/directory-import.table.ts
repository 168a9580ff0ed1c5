import { EntitySchema } from 'typeorm';
import { ascii, flag, id, reference, text } from '../directory/columns';

export const directoryImportTable = new EntitySchema({
  name: 'DirectoryImport', tableName: 'directory_imports',
  columns: {
    id, requester: ascii(64), requested_by: { type: 'text' }, request_id: text(64), division_run_id: reference, unit_run_id: reference,
    official_run_id: reference, is_committing: flag, is_commit_requested: flag, created_at: { type: 'datetime', precision: 3 },
  },
  indices: [{ name: 'ix_directory_imports_is_committing', columns: ['is_committing'] }],
});
