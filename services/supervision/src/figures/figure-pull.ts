import { seesDivisionFigures, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import { figureChanges } from '@anjie/service-kit/figures';
import type { FigureChangeConnection } from '../generated/graphql';

const MAX_CHANGES = 1_000;
const DEFAULT_CHANGES = 500;

export interface FigurePull {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly changedSince?: string | null | undefined;
  readonly first?: number | null | undefined;
}

function batchSize(first: number): number {
  if (first < 1 || first > MAX_CHANGES) throw new AppError('BAD_USER_INPUT', { field: 'first', rule: `1-${MAX_CHANGES}` });
  return first;
}

/** What changed since a cursor, for an office that keeps its own copy; null outside the viewer's divisions. @throws AppError BAD_USER_INPUT */
export async function pullChanges(sql: Sql, viewer: Viewer, pull: FigurePull): Promise<FigureChangeConnection | null> {
  const { campaignId, divisionCode, changedSince = null } = pull;
  const first = batchSize(pull.first ?? DEFAULT_CHANGES);
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (!isId(campaignId) || !seesDivisionFigures(viewer, divisionCode)) return null;
  const found = await figureChanges(sql, { campaignId, divisionCode, changedSince, first: first + 1 });
  if (!found) throw new AppError('BAD_USER_INPUT', { field: 'changedSince' });
  const nodes = found.slice(0, first);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? changedSince, hasMore: found.length > first };
}
