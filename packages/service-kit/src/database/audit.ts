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

/** Writes one audit row in the caller's transaction: no audit, no effect. */
export async function audit(sql: Sql, actor: Actor, note: AuditNote): Promise<void> {
  await write(
    sql,
    `INSERT INTO audit_entries (recorded_at, business_at, actor_kind, actor, actor_unit_id, request_id, action, subject_type, subject_id, case_id, detail)
     VALUES (UTC_TIMESTAMP(3), ${BUSINESS_NOW}, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      actor.viewer.kind, actor.viewer.subject, actor.viewer.unitId, actor.requestId, note.action,
      note.subjectType, note.subjectId, note.caseId ?? null, JSON.stringify(note.detail ?? {}),
    ],
  );
}
