import type { Viewer } from '@anjie/access';
import { BUSINESS_NOW } from './clock';
import { write, type Sql } from './statements';

/** Who acts, as a request or a job carries it. */
export interface Actor {
  readonly viewer: Viewer;
  readonly requestId: string;
}

export interface AuditNote {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId?: string | null;
  /** References and codes only; identity data never enters the audit. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const ROW = `(UTC_TIMESTAMP(3), ${BUSINESS_NOW}, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes one audit row in the caller's transaction: no audit, no effect. */
export const audit = (sql: Sql, actor: Actor, note: AuditNote): Promise<void> => auditAll(sql, [{ actor, note }]);

/** Many audit rows in one statement. */
export async function auditAll(sql: Sql, entries: readonly { readonly actor: Actor; readonly note: AuditNote }[]): Promise<void> {
  if (entries.length === 0) return;
  await write(
    sql,
    `INSERT INTO audit_entries (recorded_at, business_at, actor_kind, actor, actor_unit_id, request_id, action, subject_type, subject_id, case_id, detail)
     VALUES ${entries.map(() => ROW).join(', ')}`,
    entries.flatMap(({ actor: { viewer, requestId }, note }) => [
      viewer.kind, viewer.subject, viewer.unitId, requestId, note.action, note.subjectType, note.subjectId, note.caseId ?? null, JSON.stringify(note.detail ?? {}),
    ]),
  );
}
