import { seesDivisionFigures, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { isId, select, type Sql } from '../database';

export interface FigureChange {
  readonly figure: string;
  readonly divisionCode: string;
  readonly on: string;
  readonly delta: number;
  /** Where to go on: `changedSince` of the next pull. */
  readonly cursor: string;
}

export interface FigureChangeQuery {
  readonly campaignId: string;
  readonly divisionCode: string;
  /** A cursor of an earlier pull, or null for everything from the beginning. */
  readonly changedSince: string | null;
  readonly first: number;
}

const CURSOR = /^(\d{1,19})\.([A-Z_]{1,48})\.(\d{6,12})\.(\d{4}-\d\d-\d\d)$/;

/**
 * Days whose sums changed after the cursor, oldest change first: what a provincial office pulls to keep its own copy.
 * `delta` is the day's whole delta as it stands now, so a repeated pull overwrites and never adds twice.
 * @returns undefined when the cursor is not one of ours.
 */
export async function figureChanges(sql: Sql, query: FigureChangeQuery): Promise<FigureChange[] | undefined> {
  const since = query.changedSince === null ? ['', '0', '', '', '1000-01-01'] : CURSOR.exec(query.changedSince);
  if (!since) return undefined;
  const rows = await select<Omit<FigureChange, 'cursor' | 'delta'> & { delta: string; seq: string }>(
    sql,
    `SELECT figure, division_code AS divisionCode, on_date AS \`on\`, delta, change_seq AS seq FROM figure_deltas
      WHERE campaign_id = ? AND division_code LIKE ? AND (change_seq, figure, division_code, on_date) > (?, ?, ?, ?)
      ORDER BY change_seq, figure, division_code, on_date LIMIT ?`,
    [query.campaignId, `${divisionPrefix(query.divisionCode)}%`, since[1], since[2], since[3], since[4], query.first],
  );
  return rows.map(({ seq, ...row }) => ({ ...row, delta: Number(row.delta), cursor: [seq, row.figure, row.divisionCode, row.on].join('.') }));
}

const MAX_CHANGES = 1_000;
const DEFAULT_CHANGES = 500;

export interface FigurePull {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly changedSince?: string | null | undefined;
  readonly first?: number | null | undefined;
}

export interface FigureChangePage {
  readonly nodes: FigureChange[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

/**
 * What changed since a cursor, for an office that keeps its own copy; null outside the viewer's divisions.
 * @throws AppError BAD_USER_INPUT for a wrong division code, size (1-1,000) or cursor
 */
export async function pullFigureChanges(sql: Sql, viewer: Viewer, pull: FigurePull): Promise<FigureChangePage | null> {
  const { campaignId, divisionCode, changedSince = null } = pull;
  const first = pull.first ?? DEFAULT_CHANGES;
  if (first < 1 || first > MAX_CHANGES) throw new AppError('BAD_USER_INPUT', { field: 'first', rule: `1-${MAX_CHANGES}` });
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (!isId(campaignId) || !seesDivisionFigures(viewer, divisionCode)) return null;
  const found = await figureChanges(sql, { campaignId, divisionCode, changedSince, first: first + 1 });
  if (!found) throw new AppError('BAD_USER_INPUT', { field: 'changedSince' });
  const nodes = found.slice(0, first);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? changedSince, hasMore: found.length > first };
}
