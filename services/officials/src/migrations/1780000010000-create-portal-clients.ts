import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** One row with a fresh stamp after each change: a gateway asks with the stamp it has. */
export const portalClientMigrations = [
  createTable('CreatePortalClients1780000010000', 'portal_clients', `
    id uuid NOT NULL PRIMARY KEY,
    name varchar(100) NOT NULL,
    unit_id uuid NOT NULL,
    contact_post varchar(100) NOT NULL,
    scopes varchar(1000) ${ASCII} NOT NULL,
    documents_mode varchar(12) ${ASCII} NOT NULL,
    state varchar(12) ${ASCII} NOT NULL,
    made_by varchar(64) ${ASCII} NOT NULL,
    made_at datetime(3) NOT NULL,
    version int NOT NULL`),
  createTable('CreatePortalKeys1780000010001', 'portal_keys', `
    id uuid NOT NULL PRIMARY KEY,
    client_id uuid NOT NULL,
    key_hash binary(32) NOT NULL,
    hint varchar(12) NOT NULL,
    made_at datetime(3) NOT NULL,
    expires_at datetime(3) NOT NULL,
    revoked_at datetime(3) NULL,
    last_used_on date NULL,
    UNIQUE KEY uq_portal_keys_key_hash (key_hash),
    KEY ix_portal_keys_client_id (client_id, made_at)`),
  createTable('CreatePortalDocuments1780000010002', 'portal_documents', `
    client_id uuid NOT NULL,
    sha256 binary(32) NOT NULL,
    document mediumtext NOT NULL,
    bytes int NOT NULL,
    registered_by varchar(64) ${ASCII} NOT NULL,
    registered_at datetime(3) NOT NULL,
    fault varchar(300) NULL,
    PRIMARY KEY (client_id, sha256),
    KEY ix_portal_documents_sha256 (sha256)`),
  createTable('CreatePortalStrays1780000010003', 'portal_strays', `
    client_id uuid NOT NULL,
    sha256 binary(32) NOT NULL,
    uses bigint NOT NULL,
    first_seen_on date NOT NULL,
    last_seen_on date NOT NULL,
    PRIMARY KEY (client_id, sha256),
    KEY ix_portal_strays_last_seen_on (client_id, last_seen_on)`),
  createTable('CreatePortalStamps1780000010004', 'portal_stamps', `
    id tinyint NOT NULL PRIMARY KEY,
    stamp uuid NOT NULL`),
];
