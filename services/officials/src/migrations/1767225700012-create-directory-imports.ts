import { createTable } from '@anjie/service-kit/database';

export const createDirectoryImports = createTable('CreateDirectoryImports1767225700012', 'directory_imports', `
  id uuid NOT NULL PRIMARY KEY,
  requester varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_by text NOT NULL,
  request_id varchar(64) NOT NULL,
  division_run_id uuid NOT NULL,
  unit_run_id uuid NOT NULL,
  official_run_id uuid NOT NULL,
  is_committing tinyint(1) NOT NULL DEFAULT 0,
  is_commit_requested tinyint(1) NOT NULL DEFAULT 0,
  created_at datetime(3) NOT NULL,
  KEY ix_directory_imports_is_committing (is_committing)`);
