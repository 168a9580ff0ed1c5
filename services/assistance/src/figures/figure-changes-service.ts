import { seesDivisionFigures, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import type { Sql } from '@anjie/service-kit/database';
import { figureChanges, type FigureChange } from '@anjie/service-kit/figures';
import { MAX_PAGE, pageSize } from '@anjie/service-kit/subgraph';

export interface FigureChangesQuestion {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly changedSince: string | null;
  readonly first: number | null;
}

export interface FigureChangePage {
  readonly nodes: readonly FigureChange[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

/** A page of changes for an office that keeps its own copy; null when the viewer may not see the division's figures. */
export async function pageOfChanges(sql: Sql, viewer: Viewer, question: FigureChangesQuestion): Promise<FigureChangePage | null> {
  const { divisionCode, changedSince } = question;
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (!seesDivisionFigures(viewer, divisionCode)) return null;
  const first = pageSize({ first: question.first ?? MAX_PAGE });
  const rows = await figureChanges(sql, { campaignId: question.campaignId, divisionCode, changedSince, first: first + 1 });
  if (!rows) throw new AppError('BAD_USER_INPUT', { field: 'changedSince' });
  const nodes = rows.slice(0, first);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? changedSince, hasMore: rows.length > first };
}
