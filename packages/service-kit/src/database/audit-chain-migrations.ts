import { createTable, migration, type Migration } from './migration';

/** Seals of audit entries and the chains that hold them in order (ADR 0018). */
export const auditChainMigrations: readonly Migration[] = [
  migration(
    'AddAuditEntrySeal1770000050000',
    'ALTER TABLE audit_entries ADD COLUMN uid uuid NULL AFTER id, ADD COLUMN mac binary(32) NULL, ADD UNIQUE KEY uq_audit_entries_uid (uid)',
    'ALTER TABLE audit_entries DROP KEY uq_audit_entries_uid, DROP COLUMN mac, DROP COLUMN uid',
  ),
  createTable('CreateAuditLinks1770000050001', 'audit_links', `
    entry_id bigint NOT NULL PRIMARY KEY,
    chain tinyint NOT NULL,
    seq bigint NOT NULL,
    hash binary(32) NOT NULL,
    UNIQUE KEY uq_audit_links_chain_seq (chain, seq)`),
  createTable('CreateAuditChains1770000050002', 'audit_chains', `
    chain tinyint NOT NULL PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0,
    head binary(32) NOT NULL,
    since datetime(3) NOT NULL,
    swept_to bigint NOT NULL DEFAULT 0,
    candidate bigint NOT NULL DEFAULT 0,
    candidate_at datetime(3) NOT NULL`),
  migration(
    'BackfillAuditChains1770000050003',
    `INSERT INTO audit_chains (chain, head, since, candidate_at) VALUES ${Array.from({ length: 16 }, (_, chain) => `(${chain}, UNHEX(REPEAT('00', 32)), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`).join(', ')}`,
    'DELETE FROM audit_chains',
  ),
];
