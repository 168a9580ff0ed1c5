import type { Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';

export type MarkKind = 'URGENCY_COLOUR' | 'PROGRESS_CLASS' | 'DIFFICULTY';

export interface MarkRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: MarkKind;
  readonly value: string;
  readonly ground: 'HARM' | 'DEADLINE' | 'UNIT_INACTIVITY' | null;
  readonly criteria: string | null;
  readonly reason: string;
  readonly markedOn: string;
  readonly markedBy: string;
  readonly reviewOn: string;
  readonly replacedOn: string | null;
}
const COLUMNS = `m.id, m.case_id AS caseId, m.kind, m.value, m.ground, m.criteria, m.reason, m.marked_on AS markedOn, m.marked_by AS markedBy,
  m.review_on AS reviewOn, m.replaced_on AS replacedOn`;

/** A mark is visible with its case. */
export function marksByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<MarkRow[]> {
  const seen = seenCases(viewer);
  return selectIn<MarkRow>(sql, `SELECT ${COLUMNS} FROM case_marks m JOIN cases c ON c.id = m.case_id WHERE m.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Marks that stand, of cases that the caller has already checked to be visible. */
export const standingMarksOf = (sql: Sql, caseIds: readonly string[]): Promise<MarkRow[]> =>
  selectIn<MarkRow>(sql, `SELECT ${COLUMNS} FROM case_marks m WHERE m.active_case_id IN (?)`, caseIds);

export interface MarkArgs extends PageArgs {
  readonly kind?: MarkKind | null;
}
export const markPages = (sql: Sql, page: { parents: readonly string[]; args: MarkArgs }): Promise<Connection<MarkRow>[]> =>
  listConnectionsByParent<MarkRow>(
    sql,
    {
      columns: COLUMNS, from: 'case_marks m', where: page.args.kind ? { sql: 'm.kind = ?', params: [page.args.kind] } : { sql: 'TRUE', params: [] },
      sort: [{ column: 'm.seq', descending: true }], parent: 'm.case_id',
    },
    page,
  );

export interface MarkFilter {
  readonly urgencyColour?: string | null;
  readonly progressClass?: string | null;
  readonly difficultyAtLeast?: number | null;
  readonly markReviewBy?: string | null;
}

const standing = (condition: string, ...params: readonly unknown[]): SqlPart => ({
  sql: `EXISTS (SELECT 1 FROM case_marks fm WHERE fm.active_case_id = c.id AND ${condition})`,
  params,
});

/** Conditions of the work list on marks that stand. */
export function markConditions({ urgencyColour, progressClass, difficultyAtLeast, markReviewBy }: MarkFilter): SqlPart[] {
  return [
    ...(urgencyColour ? [standing("fm.kind = 'URGENCY_COLOUR' AND fm.value = ?", urgencyColour)] : []),
    ...(progressClass ? [standing("fm.kind = 'PROGRESS_CLASS' AND fm.value = ?", progressClass)] : []),
    ...(typeof difficultyAtLeast === 'number' ? [standing("fm.kind = 'DIFFICULTY' AND CAST(fm.value AS INTEGER) >= ?", difficultyAtLeast)] : []),
    ...(markReviewBy ? [standing('fm.review_on <= ?', markReviewBy)] : []),
  ];
}
