import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { guidesOf, type GuideRow } from '../assignments/assignment-repository';
import { proposalsOf, requestPages, requestsByIds, type ProposalRow, type RequestRow } from '../coordination/coordination-repository';
import { firstHandlersOf, responsibilityPages, type FirstHandler, type ResponsibilityArgs, type ResponsibilityRow } from './responsibility-repository';

/** Who guides, who helps by place, what the conference was asked, who took it first. */
export const responsibilityLoaders = (sql: EntityManager, viewer: Viewer) => ({
  guideOfCase: loaderBy<string, GuideRow>((row) => row.caseId, (ids) => guidesOf(sql, ids)),
  responsibilitiesOfCase: loaderOfConnections<ResponsibilityRow, ResponsibilityArgs>((ids, args) => responsibilityPages(sql, { parents: ids, args })),
  firstHandlerOfCase: loaderBy<string, FirstHandler>((row) => row.caseId, (ids) => firstHandlersOf(sql, ids)),
  requestById: loaderById<RequestRow>((ids) => requestsByIds(sql, viewer, ids)),
  requestsOfCase: loaderOfConnections<RequestRow, PageArgs>((ids, args) => requestPages(sql, { parents: ids, args })),
  proposalsOfRequest: loaderOfMany<ProposalRow>((row) => row.requestId, (ids) => proposalsOf(sql, ids)),
});
