import type DataLoader from 'dataloader';
import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { selectIn, type Sql } from '../database';
import { loaderById } from '../subgraph';

export interface VisibleCase {
  readonly id: string;
}

/**
 * Which of these cases the viewer may see, from this service's copy of the scopes: the guard in front of every field
 * that a service contributes to `Case`, reference resolution included.
 */
export function visibleCaseLoader(sql: Sql, viewer: Viewer): DataLoader<string, VisibleCase | null> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  return loaderById((ids) => selectIn<VisibleCase>(sql, `SELECT s.case_id AS id FROM case_scopes s WHERE s.case_id IN (?) AND (${seen.sql})`, ids, seen.params));
}
