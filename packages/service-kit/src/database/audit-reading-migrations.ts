import { migration, type Migration } from './migration';

/** Who reads the audit asks by person, act and day; quotas and alerts count a person's acts of the last hour. */
export const auditReadingMigrations: readonly Migration[] = [
  migration(
    'AddAuditReadingKeys1780000020001',
    'ALTER TABLE audit_entries ADD KEY ix_audit_entries_recorded_at (recorded_at), ADD KEY ix_audit_entries_actor (actor, recorded_at), ADD KEY ix_audit_entries_action (action, recorded_at)',
    'ALTER TABLE audit_entries DROP KEY ix_audit_entries_action, DROP KEY ix_audit_entries_actor, DROP KEY ix_audit_entries_recorded_at',
  ),
];
