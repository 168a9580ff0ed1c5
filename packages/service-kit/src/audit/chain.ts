import { createHash } from 'node:crypto';
import { select, type AuditedFacts, type Sql } from '../database';

/** Chains run side by side, so that sealing one case's entries does not wait for all others. */
export const CHAINS = 16;

/** Before the first link. */
export const BEGINNING = Buffer.alloc(32);

/** All entries of a case lie in one chain. */
export const chainOf = ({ caseId, subjectId }: Pick<AuditedFacts, 'caseId' | 'subjectId'>): number =>
  (createHash('sha256').update(caseId ?? subjectId).digest()[0] ?? 0) % CHAINS;

export const ENTRY_COLUMNS = `e.id, e.uid, e.recorded_at AS recordedAt, e.business_at AS businessAt, e.actor_kind AS actorKind, e.actor, e.actor_unit_id AS actorUnitId,
  e.request_id AS requestId, e.action, e.subject_type AS subjectType, e.subject_id AS subjectId, e.case_id AS caseId, e.detail, e.mac`;

export interface ChainHead {
  readonly chain: number;
  readonly seq: string;
  readonly head: Buffer;
  /** Every entry up to this id was looked at when it could not change any more. */
  readonly sweptTo: string;
}

export const chainHeads = (sql: Sql, lock: '' | 'FOR UPDATE' = ''): Promise<ChainHead[]> =>
  select<ChainHead>(sql, `SELECT chain, seq, head, swept_to AS sweptTo FROM audit_chains ORDER BY chain ${lock}`);
