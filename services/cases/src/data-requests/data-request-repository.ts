import { hasRole, inDivision, type Viewer } from '@anjie/access';
import { insertRows, isDuplicate, isId, select, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { DataRequestChannel, DataRequestOutcome, DataRight, IdentityFieldName } from '../generated/graphql';

export interface DataRequestRow {
  readonly id: string;
  readonly petitionId: string;
  readonly caseId: string;
  readonly right: DataRight;
  readonly via: DataRequestChannel;
  readonly wordsSealed: Buffer | null;
  readonly petitionerId: string | null;
  readonly field: IdentityFieldName | null;
  readonly valueSealed: Buffer | null;
  readonly askedOn: string;
  readonly dueOn: string;
  readonly dueBasis: string;
  readonly outcome: DataRequestOutcome | null;
  readonly basis: string | null;
  readonly reasonsSealed: Buffer | null;
  readonly evidence: string | null;
  readonly decidedOn: string | null;
  readonly decidedUnitId: string | null;
  readonly fileId: string | null;
  /** The copy's link was used, or its time is over. */
  readonly isCopyGone: number;
  readonly version: string;
}

const USED = 'EXISTS (SELECT 1 FROM download_links l WHERE l.file_id = q.file_id AND l.used_at IS NOT NULL)';
const GONE = 'NOT EXISTS (SELECT 1 FROM files f WHERE f.id = q.file_id AND f.deleted_at IS NULL AND f.expires_at > UTC_TIMESTAMP(3))';
const COLUMNS = `q.id, q.petition_id AS petitionId, q.case_id AS caseId, q.data_right AS \`right\`, q.via, q.words_sealed AS wordsSealed, q.petitioner_id AS petitionerId, q.field,
  q.value_sealed AS valueSealed, q.asked_on AS askedOn, q.due_on AS dueOn, q.due_basis AS dueBasis, q.outcome, q.basis, q.reasons_sealed AS reasonsSealed, q.evidence,
  q.decided_on AS decidedOn, q.decided_unit_id AS decidedUnitId, q.file_id AS fileId, (q.file_id IS NOT NULL AND (${USED} OR ${GONE})) AS isCopyGone, q.version`;
const FROM = 'data_requests q JOIN cases c ON c.id = q.case_id';

/** The office that registered the petition answers for it; a joint office sees those of its division. Nobody else, whatever part they have in the case. */
function seenRequests(viewer: Viewer): SqlPart {
  const seen = seenCases(viewer);
  const grounds: SqlPart[] = [];
  if (hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode) grounds.push(inDivision('c.division_code', viewer.divisionCode));
  if (viewer.unitId && hasRole(viewer, 'JOINT_OFFICE', 'WINDOW_CLERK', 'UNIT_HANDLER')) grounds.push({ sql: 'q.office_unit_id = ?', params: [viewer.unitId] });
  if (grounds.length === 0) return { sql: 'FALSE', params: [] };
  return { sql: `(${seen.sql}) AND (${grounds.map((one) => one.sql).join(' OR ')})`, params: [...seen.params, ...grounds.flatMap((one) => one.params)] };
}

export async function requestById(sql: Sql, viewer: Viewer, { id, lock = false }: { id: string; lock?: boolean }): Promise<DataRequestRow | undefined> {
  if (!isId(id)) return undefined;
  const seen = seenRequests(viewer);
  return (await select<DataRequestRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE q.id = ? AND ${seen.sql}${lock ? ' FOR UPDATE' : ''}`, [id, ...seen.params]))[0];
}

export function listRequests(sql: Sql, viewer: Viewer, { state, ...page }: PageArgs & { state?: string | null }): Promise<Connection<DataRequestRow>> {
  const seen = seenRequests(viewer);
  const where = state ? `${seen.sql} AND q.open_right IS ${state === 'OPEN' ? 'NOT NULL' : 'NULL'}` : seen.sql;
  return listConnection<DataRequestRow>(sql, { columns: COLUMNS, from: FROM, where: { sql: where, params: seen.params }, sort: [{ column: 'q.due_on' }, { column: 'q.id' }] }, page);
}

/** Of a petition whose code and secret were right, or that the caller has checked to be visible. */
export const requestsOfPetition = (sql: Sql, petitionId: string): Promise<DataRequestRow[]> =>
  select<DataRequestRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE q.petition_id = ? ORDER BY q.asked_on, q.id`, [petitionId]);

export interface NewRequest {
  readonly id: string;
  readonly petitionId: string;
  readonly caseId: string;
  readonly officeUnitId: string | null;
  readonly right: DataRight;
  readonly via: DataRequestChannel;
  readonly wordsSealed: Buffer | null;
  readonly petitionerId: string | null;
  readonly field: IdentityFieldName | null;
  readonly valueSealed: Buffer | null;
  readonly askedOn: string;
  readonly askedBy: string;
  readonly dueOn: string;
  readonly dueBasis: string;
}

/** False while the same right is asked for and not decided. */
export async function insertRequest(tx: Sql, request: NewRequest): Promise<boolean> {
  try {
    await insertRows(tx, 'data_requests', [{
      id: request.id, petition_id: request.petitionId, case_id: request.caseId, office_unit_id: request.officeUnitId, data_right: request.right, via: request.via, open_right: request.right,
      words_sealed: request.wordsSealed, petitioner_id: request.petitionerId, field: request.field, value_sealed: request.valueSealed, asked_on: request.askedOn, asked_by: request.askedBy,
      due_on: request.dueOn, due_basis: request.dueBasis, version: 1,
    }]);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

/** @returns false when somebody was faster */
export const decideRequest = (tx: Sql, { id, version }: DataRequestRow, set: Row): Promise<boolean> =>
  updateVersion(tx, 'data_requests', { id, version: Number(version), set: { ...set, open_right: null } });

export interface AskedOf {
  readonly caseId: string;
  readonly registeredUnitId: string | null;
  readonly divisionCode: string;
  readonly isSealed: number;
}
export const askedOf = async (sql: Sql, petitionId: string): Promise<AskedOf | undefined> =>
  (await select<AskedOf>(
    sql, `SELECT p.case_id AS caseId, p.registered_unit_id AS registeredUnitId, c.division_code AS divisionCode, c.is_sealed AS isSealed FROM petitions p JOIN cases c ON c.id = p.case_id WHERE p.id = ?`, [petitionId],
  ))[0];

export const restrict = (tx: Sql, petitionId: string, on: string): Promise<number> =>
  write(tx, 'UPDATE petitions SET restricted_on = ? WHERE id = ? AND restricted_on IS NULL', [on, petitionId]);

export interface Correction {
  readonly petitionerId: string;
  readonly requestId: string;
  readonly field: IdentityFieldName;
  readonly beforeSealed: Buffer | null;
  readonly on: string;
  readonly by: string;
}
export const insertCorrection = (tx: Sql, correction: Correction & { readonly id: string }): Promise<void> =>
  insertRows(tx, 'identity_corrections', [{
    id: correction.id, petitioner_id: correction.petitionerId, request_id: correction.requestId, field: correction.field, before_sealed: correction.beforeSealed,
    corrected_on: correction.on, corrected_by: correction.by,
  }]);

/** Links that were made and not used: at most one works at a time. */
export const dropUnusedLinks = (tx: Sql, fileId: string): Promise<number> => write(tx, 'DELETE FROM download_links WHERE file_id = ? AND used_at IS NULL', [fileId]);

