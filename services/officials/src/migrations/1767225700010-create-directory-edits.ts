import { createTable } from '@anjie/service-kit/database';

export const createDirectoryEdits = createTable('CreateDirectoryEdits1767225700010', 'directory_edits', `
  id tinyint NOT NULL PRIMARY KEY,
  edits bigint NOT NULL,
  CHECK (id = 1)`);
