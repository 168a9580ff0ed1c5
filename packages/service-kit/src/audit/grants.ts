import type { DataSource } from 'typeorm';
import { select, sqlErrno } from '../database';

/** The right is missing: on the table, or on every column of it. */
const REFUSED = new Set([1142, 1143]);

/** Privileges are looked at before rows are, so that asking changes nothing. */
const PROBES = ['audit_entries', 'audit_links'].flatMap((table) => [`UPDATE ${table} SET ${table === 'audit_entries' ? 'action = action' : 'seq = seq'} WHERE FALSE`, `DELETE FROM ${table} WHERE FALSE`]);

/** With one of these a table can be emptied, replaced or made to forget without an UPDATE or a DELETE. */
const AROUND = ['DROP', 'ALTER', 'TRIGGER'];

/** Could whoever holds this process's connection rewrite the audit? A server that refuses every change says nothing about it. */
export async function canRewriteAudit(db: DataSource): Promise<boolean> {
  for (const probe of PROBES) {
    const errno = await db.manager.query(probe).then(() => 0, (error: unknown) => sqlErrno(error));
    if (errno === 0) return true;
    if (!REFUSED.has(errno)) return false;
  }
  const wide = await select(
    db.manager,
    `SELECT 1 FROM information_schema.schema_privileges WHERE table_schema = DATABASE() AND privilege_type IN (?)
     UNION ALL SELECT 1 FROM information_schema.table_privileges WHERE table_schema = DATABASE() AND table_name IN ('audit_entries', 'audit_links') AND privilege_type IN (?)
     UNION ALL SELECT 1 FROM information_schema.user_privileges WHERE privilege_type IN (?) LIMIT 1`,
    [AROUND, AROUND, AROUND],
  );
  return wide.length > 0;
}

/** As a sentence that says what to change; empty when the audit can only be added to. */
export const unsafeAuditGrants = async (db: DataSource): Promise<readonly string[]> =>
  (await canRewriteAudit(db))
    ? ["this database user can change or delete audit entries: grant table by table, SELECT and INSERT only on audit_entries and audit_links (set ANJIE_DATABASE_OWNER_URL and run npm run migrate, or use the statements of docs/operations.md, Users)"]
    : [];
