import type { Viewer } from '@anjie/access';
import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { AttachmentKind } from '../generated/graphql';

export interface AttachmentRow {
  readonly id: string;
  readonly caseId: string;
  readonly caseDivisionCode: string;
  readonly petitionId: string | null;
  readonly fileId: string;
  readonly kind: AttachmentKind;
  readonly title: string;
  readonly fileNameSealed: Buffer;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly attachedOn: string;
  readonly attachedBy: string;
  readonly attachedUnitId: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnReason: string | null;
}

const COLUMNS = `a.id, a.case_id AS caseId, c.division_code AS caseDivisionCode, a.petition_id AS petitionId, a.file_id AS fileId, a.kind, a.title, a.file_name_sealed AS fileNameSealed,
  a.media_type AS mediaType, a.size, a.sha256, a.attached_on AS attachedOn, a.attached_by AS attachedBy, a.attached_unit_id AS attachedUnitId,
  a.withdrawn_on AS withdrawnOn, a.withdrawn_reason AS withdrawnReason`;
const FROM = 'attachments a JOIN cases c ON c.id = a.case_id';
const NEWEST_FIRST = [{ column: 'a.attached_at', descending: true }, { column: 'a.id' }];

/** An attachment is visible with its case. */
export function attachmentsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AttachmentRow[]> {
  const seen = seenCases(viewer);
  return selectIn<AttachmentRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** A visible attachment, locked with its case until commit. */
export async function lockAttachment(tx: Sql, viewer: Viewer, id: string): Promise<AttachmentRow | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<AttachmentRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.id IN (?) AND (${seen.sql}) FOR UPDATE`, [id], seen.params);
  return rows[0];
}

/** The attachment that a file is the content of, when the viewer sees its case now. */
export async function attachmentOfFile(sql: Sql, viewer: Viewer, fileId: string): Promise<AttachmentRow | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<AttachmentRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.file_id IN (?) AND (${seen.sql})`, [fileId], seen.params);
  return rows[0];
}

export const attachmentPages = (parent: 'a.case_id' | 'a.petition_id') =>
  (sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<AttachmentRow>[]> =>
    listConnectionsByParent<AttachmentRow>(sql, { columns: COLUMNS, from: FROM, where: seenCases(viewer), sort: NEWEST_FIRST, parent }, page);

export interface OnCase {
  readonly total: number;
  /** The same content is on the case and not withdrawn. */
  readonly isThere: boolean;
}
export async function attachmentsOnCase(sql: Sql, caseId: string, sha256: Buffer): Promise<OnCase> {
  const [row] = await select<{ total: string; same: string | null }>(
    sql, 'SELECT COUNT(*) AS total, SUM(active_case_id IS NOT NULL AND sha256 = ?) AS same FROM attachments WHERE case_id = ?', [sha256, caseId],
  );
  return { total: Number(row?.total ?? 0), isThere: Number(row?.same ?? 0) > 0 };
}

export const isPetitionOf = async (sql: Sql, petitionId: string, caseId: string): Promise<boolean> =>
  (await selectIn(sql, 'SELECT 1 FROM petitions WHERE id IN (?) AND case_id = ?', [petitionId], [caseId])).length > 0;

export interface Withdrawal {
  readonly id: string;
  readonly on: string;
  readonly by: string;
  readonly reason: string;
}
/** False when somebody was faster. */
export const markWithdrawn = async (tx: Sql, { id, on, by, reason }: Withdrawal): Promise<boolean> =>
  (await write(
    tx, 'UPDATE attachments SET active_case_id = NULL, withdrawn_on = ?, withdrawn_by = ?, withdrawn_reason = ? WHERE id = ? AND withdrawn_on IS NULL', [on, by, reason, id],
  )) === 1;
