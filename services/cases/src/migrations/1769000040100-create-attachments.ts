import { createTable, type Migration } from '@anjie/service-kit/database';

/** Files on a case. `active_case_id` is empty once withdrawn, so that the same content may be put there again. */
export const attachmentMigrations: readonly Migration[] = [
  createTable('CreateAttachments1769000040100', 'attachments', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    petition_id uuid NULL,
    active_case_id uuid NULL,
    file_id uuid NOT NULL,
    kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title varchar(200) NOT NULL,
    file_name_sealed varbinary(2000) NOT NULL,
    media_type varchar(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size int NOT NULL,
    sha256 binary(32) NOT NULL,
    attached_at datetime(3) NOT NULL,
    attached_on date NOT NULL,
    attached_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    attached_unit_id uuid NULL,
    withdrawn_on date NULL,
    withdrawn_by varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    withdrawn_reason varchar(200) NULL,
    UNIQUE KEY uq_attachments_file_id (file_id),
    UNIQUE KEY uq_attachments_content (active_case_id, sha256),
    KEY ix_attachments_case_id (case_id, attached_at, id),
    KEY ix_attachments_petition_id (petition_id, attached_at, id)`),
];
