import { createTable, type Migration } from './migration';

/** What a person decided after a service was restored. */
export const restoreMigrations: readonly Migration[] = [
  createTable('CreateAcceptedPhantoms1790000060001', 'accepted_phantoms', `
    peer varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_id uuid NOT NULL,
    accepted_at datetime(3) NOT NULL,
    PRIMARY KEY (peer, message_id),
    KEY ix_accepted_phantoms_accepted_at (accepted_at)`),
  createTable('CreateVersionBase1790000060002', 'version_base', `
    id tinyint NOT NULL PRIMARY KEY,
    base bigint NOT NULL,
    CHECK (id = 1)`),
];
