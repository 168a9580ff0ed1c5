import type { Viewer } from '@anjie/access';
import { auditSealOf, type AuditedFacts } from './audit-seal';
import { BUSINESS_NOW } from './clock';
import { newId } from './ids';
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

const ROW = `(?, UTC_TIMESTAMP(3), ${BUSINESS_NOW}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes one audit row in the caller's transaction: no audit, no effect. */
export const audit = (sql: Sql, actor: Actor, note: AuditNote): Promise<void> => auditAll(sql, [{ actor, note }]);

/** Many audit rows in one statement, each sealed (audit-seal.ts); the chains take them up within a second (audit/). */
export async function auditAll(sql: Sql, entries: readonly { readonly actor: Actor; readonly note: AuditNote }[]): Promise<void> {
  if (entries.length === 0) return;
  const seal = auditSealOf(sql);
  await write(
    sql,
    `INSERT INTO audit_entries (uid, recorded_at, business_at, actor_kind, actor, actor_unit_id, request_id, action, subject_type, subject_id, case_id, detail, mac)
     VALUES ${entries.map(() => ROW).join(', ')}`,
    entries.flatMap(({ actor, note }) => {
      const facts = factsOf(actor, note);
      return [
        facts.uid, facts.actorKind, facts.actor, facts.actorUnitId, facts.requestId, facts.action, facts.subjectType, facts.subjectId, facts.caseId, facts.detail, seal.ofEntry(facts),
      ];
    }),
  );
}

/** As the columns will give them back: ids of type uuid in lower case. */
const factsOf = ({ viewer, requestId }: Actor, note: AuditNote): AuditedFacts => ({
  uid: newId(), actorKind: viewer.kind, actor: viewer.subject, actorUnitId: viewer.unitId?.toLowerCase() ?? null, requestId,
  action: note.action, subjectType: note.subjectType, subjectId: note.subjectId, caseId: note.caseId?.toLowerCase() ?? null, detail: JSON.stringify(note.detail ?? {}),
});
