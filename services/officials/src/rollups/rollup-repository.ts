import DataLoader from 'dataloader';
import { AppError } from '@anjie/contracts';
import { figureChanges, figuresAsOf, type FigureChange, type FigureChangeQuery, type RollupKey } from '@anjie/service-kit/figures';
import type { Sql } from '@anjie/service-kit/database';

/** All rollups of a request in one statement. */
export const figuresLoader = (sql: Sql): DataLoader<RollupKey, ReadonlyMap<string, number>, string> =>
  new DataLoader((keys) => figuresAsOf(sql, keys), { cacheKeyFn: (key) => `${key.campaignId}|${key.divisionCode}|${key.asOf}`, maxBatchSize: 500 });

const MAX_CHANGES = 1_000;

/** @throws AppError BAD_USER_INPUT for a page size outside 1–1000 or a cursor that is not ours. */
export async function figureChangePage(sql: Sql, query: FigureChangeQuery): Promise<{ nodes: FigureChange[]; endCursor: string | null; hasMore: boolean }> {
  if (query.first < 1 || query.first > MAX_CHANGES) throw new AppError('BAD_USER_INPUT', { field: 'first', rule: `1-${MAX_CHANGES}` });
  const rows = await figureChanges(sql, { ...query, first: query.first + 1 });
  if (!rows) throw new AppError('BAD_USER_INPUT', { field: 'changedSince' });
  const nodes = rows.slice(0, query.first);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? query.changedSince, hasMore: rows.length > query.first };
}
