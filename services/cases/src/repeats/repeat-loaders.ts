import type { Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import { loaderBy, loaderById, loaderOfConnections, type PageArgs } from '@anjie/service-kit/subgraph';
import type { CaseRow } from '../cases/case-repository';
import { decisionPages, decisionsByIds, mergedCasePages, mergesOf, type DecisionRow, type MergeRow } from './link-repository';

/** What was decided about cases and where they were merged; one statement each, however many cases. */
export const repeatLoaders = (sql: Sql, viewer: Viewer) => ({
  repeatDecisionById: loaderById<DecisionRow>((ids) => decisionsByIds(sql, viewer, ids)),
  repeatDecisionsOfCase: loaderOfConnections<DecisionRow, PageArgs>((ids, args) => decisionPages(sql, viewer, { parents: ids, args })),
  mergeOfCase: loaderBy<string, MergeRow>((row) => row.caseId, (ids) => mergesOf(sql, ids)),
  mergedCasesOfCase: loaderOfConnections<CaseRow, PageArgs>((ids, args) => mergedCasePages(sql, viewer, { parents: ids, args })),
});
