import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { EndKind, Track } from '../rules/closing';

export interface EndRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: EndKind;
  readonly activeKind: EndKind | null;
  readonly endedOn: string;
  readonly ground: string;
  readonly isInTime: number | null;
  readonly track: Track | null;
  readonly documentId: string | null;
  readonly unitId: string | null;
  readonly revokedOn: string | null;
  readonly revokedGround: string | null;
}
const COLUMNS = `n.id, n.case_id AS caseId, n.kind, n.active_kind AS activeKind, n.ended_on AS endedOn, n.ground, n.is_in_time AS isInTime, n.track,
  n.document_id AS documentId, n.unit_id AS unitId, n.revoked_on AS revokedOn, n.revoked_ground AS revokedGround`;

/** Ends of cases that the caller has already checked to be visible, revoked ones included, oldest first. */
export const endsOf = (sql: Sql, caseIds: readonly string[]): Promise<EndRow[]> =>
  selectIn<EndRow>(sql, `SELECT ${COLUMNS} FROM case_ends n WHERE n.case_id IN (?) ORDER BY n.case_id, n.ended_on, n.id`, caseIds);

export interface NewEnd {
  readonly caseId: string;
  readonly kind: EndKind;
  readonly on: string;
  readonly ground: string;
  readonly isInTime?: boolean;
  readonly track?: Track;
  readonly documentId?: string | null;
  readonly unitId?: string | null;
}

/** Records an end; one of the same kind that was in force gives way and stays readable. */
export async function recordEnd(tx: Sql, end: NewEnd): Promise<void> {
  await write(tx, 'UPDATE case_ends SET active_kind = NULL, revoked_on = ?, revoked_ground = ? WHERE case_id = ? AND active_kind = ?', [end.on, 'REPLACED', end.caseId, end.kind]);
  await insertRows(tx, 'case_ends', [{
    id: newId(), case_id: end.caseId, kind: end.kind, active_kind: end.kind, ended_on: end.on, ground: end.ground, is_in_time: end.isInTime ?? null, track: end.track ?? null,
    document_id: end.documentId ?? null, unit_id: end.unitId ?? null, revoked_on: null, revoked_ground: null,
  }]);
}

/** Takes ends back, as a relapse does with 化解. Answers how many were in force. */
export const revokeEnds = (tx: Sql, { caseId, kinds, on, ground }: { caseId: string; kinds: readonly EndKind[]; on: string; ground: string }): Promise<number> =>
  write(tx, 'UPDATE case_ends SET active_kind = NULL, revoked_on = ?, revoked_ground = ? WHERE case_id = ? AND active_kind IN (?)', [on, ground, caseId, kinds]);
