import { migration } from '@anjie/service-kit/database';

export const backfillDirectoryEdits = migration(
  'BackfillDirectoryEdits1767225700011', 'INSERT INTO directory_edits (id, edits) VALUES (1, 0)', 'DELETE FROM directory_edits',
);
