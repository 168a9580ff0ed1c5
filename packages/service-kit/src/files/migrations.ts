import { createTable, migration, type Migration } from '../database';

/** A service's own files and the links that give them out once. */
export const fileMigrations: readonly Migration[] = [
  createTable('CreateFiles1767225600040', 'files', `
    id uuid NOT NULL PRIMARY KEY,
    purpose varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    media_type varchar(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size bigint NOT NULL,
    sha256 binary(32) NOT NULL,
    storage_key varchar(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner_unit_id uuid NULL,
    created_at datetime(3) NOT NULL,
    expires_at datetime(3) NULL,
    deleted_at datetime(3) NULL,
    removed_at datetime(3) NULL,
    KEY ix_files_expires_at (expires_at),
    KEY ix_files_removed_at (removed_at, deleted_at)`),
  createTable('CreateDownloadLinks1767225600041', 'download_links', `
    token_hash binary(32) NOT NULL PRIMARY KEY,
    file_id uuid NOT NULL,
    created_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at datetime(3) NOT NULL,
    expires_at datetime(3) NOT NULL,
    used_at datetime(3) NULL,
    KEY ix_download_links_expires_at (expires_at)`),
  migration(
    'AddDownloadLinkViewer1769000040000',
    'ALTER TABLE download_links ADD COLUMN viewer varchar(1000) CHARACTER SET ascii COLLATE ascii_bin NULL',
    'ALTER TABLE download_links DROP COLUMN viewer',
  ),
  migration('AddFileNameSealed1780000030010', 'ALTER TABLE files ADD COLUMN name_sealed varbinary(2000) NULL AFTER name', 'ALTER TABLE files DROP COLUMN name_sealed'),
];
