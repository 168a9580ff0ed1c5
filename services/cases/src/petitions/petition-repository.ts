import type { Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';
import type { Disposition, RepeatReason } from '../rules/repeat-reason';
import { INTAKE_COLUMNS, type IntakeRow } from './intake-columns';

export interface PetitionRow extends IntakeRow {
  readonly id: string;
  readonly number: string;
  readonly caseId: string;
  readonly caseDivisionCode: string;
  readonly channel: 'LETTER' | 'VISIT' | 'ONLINE' | 'PHONE' | 'FAX' | 'LEADER_MAILBOX' | 'OTHER';
  readonly petitionedOn: string;
  readonly registeredOn: string;
  readonly registeredUnitId: string | null;
  readonly title: string;
  readonly contentSealed: Buffer | null;
  readonly petitionerCount: number;
  readonly affectedCount: number | null;
  /** tinyint: 0 or 1 */
  readonly isSealed: number;
  /** 限制处理: since when identity is hidden from ordinary handlers. */
  readonly restrictedOn: string | null;
  readonly repeatReason: RepeatReason | null;
  readonly disposition: Disposition | null;
}

const COLUMNS = `p.id, p.number, p.case_id AS caseId, c.division_code AS caseDivisionCode, p.channel, p.petitioned_on AS petitionedOn, p.registered_on AS registeredOn,
  p.registered_unit_id AS registeredUnitId, p.title, p.content_sealed AS contentSealed, p.petitioner_count AS petitionerCount,
  p.affected_count AS affectedCount, p.repeat_reason AS repeatReason, p.disposition, c.is_sealed AS isSealed, p.restricted_on AS restrictedOn, ${INTAKE_COLUMNS}`;
const FROM = 'petitions p JOIN cases c ON c.id = p.case_id';
const NEWEST_FIRST = [{ column: 'p.registered_on', descending: true }, { column: 'p.id' }];

/** A petition is visible with its case. */
export function petitionsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<PetitionRow[]> {
  const seen = seenCases(viewer);
  return selectIn<PetitionRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE p.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export function petitionPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<PetitionRow>[]> {
  return listConnectionsByParent<PetitionRow>(sql, { columns: COLUMNS, from: FROM, where: seenCases(viewer), sort: NEWEST_FIRST, parent: 'p.case_id' }, page);
}

export interface PetitionFilter {
  readonly channel?: string | null;
  readonly registeredFrom?: string | null;
  readonly registeredTo?: string | null;
  readonly divisionCode?: string | null;
}

export function listPetitions(sql: Sql, viewer: Viewer, { filter, page }: { filter: PetitionFilter; page: PageArgs }): Promise<Connection<PetitionRow>> {
  const seen = seenCases(viewer);
  const wanted: SqlPart[] = [{ sql: `(${seen.sql})`, params: seen.params }];
  if (filter.channel) wanted.push({ sql: 'p.channel = ?', params: [filter.channel] });
  if (filter.registeredFrom) wanted.push({ sql: 'p.registered_on >= ?', params: [filter.registeredFrom] });
  if (filter.registeredTo) wanted.push({ sql: 'p.registered_on <= ?', params: [filter.registeredTo] });
  wanted.push(...inDivisionPart('c.division_code', filter.divisionCode));
  const where = { sql: wanted.map((part) => part.sql).join(' AND '), params: wanted.flatMap((part) => part.params) };
  return listConnection<PetitionRow>(sql, { columns: COLUMNS, from: FROM, where, sort: NEWEST_FIRST }, page);
}

export interface CaseFlags {
  /** Of no petition are name and address known: the written notice is not owed (第二十三条第二款). */
  readonly isIdentityUnclear: boolean;
  readonly involvesLitigation: boolean;
}

/** What the petitions of a case say together; the case is locked by the caller. */
export async function flagsOfCase(sql: Sql, caseId: string): Promise<CaseFlags> {
  const [row] = await selectIn<{ unclear: number | null; litigation: number | null }>(
    sql, 'SELECT MIN(is_identity_unclear) AS unclear, MAX(involves_litigation) AS litigation FROM petitions WHERE case_id IN (?)', [caseId],
  );
  return { isIdentityUnclear: Boolean(row?.unclear), involvesLitigation: Boolean(row?.litigation) };
}
