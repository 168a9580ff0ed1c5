import type { Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import { loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import type { CaseRow } from '../cases/case-repository';
import { openCohortsOf, type OpenCohorts } from '../rollups/open-cohorts';
import { cohortChecks, type CohortCheck } from './cohort-repository';
import { batchesByIds, batchPages, candidatePages, candidatesByIds, countsOfBatches, type BatchRow, type CandidateArgs, type CandidateCount, type CandidateRow } from '../screenings/screening-repository';
import { clusterPages, clustersByIds, memberPages, type ClusterRow, type MemberArgs, type MemberRow } from '../clusters/cluster-repository';
import { measurePages, measuresByIds, unlockedCounts, unlockedPages, type MeasureRow, type UnlockedCount } from '../policy-measures/policy-measure-repository';
import { stepsOfPlans, type PlanStepRow } from '../plans/plan-step-repository';
import { dutyLinePages, dutyLinesByIds, type DutyLineRow } from '../duty-lines/duty-line-repository';
import { markPages, marksByIds, standingMarksOf, type MarkArgs, type MarkRow } from '../marks/mark-repository';
import { strikeOffPages, strikeOffsByIds, type StrikeOffRow } from '../strike-offs/strike-off-repository';
import { ledgerEventPages, type LedgerEventRow } from './ledger-repository';

/** Loaders of a request for campaigns and what grows around them: strike-offs, screenings, clusters, measures, marks, plan steps. */
export function createCampaignLoaders(sql: Sql, viewer: Viewer) {
  return {
    cohortCheckOfCampaign: loaderById<CohortCheck>((ids) => cohortChecks(sql, ids)),
    openCohortsOfCampaign: loaderById<OpenCohorts>((ids) => openCohortsOf(sql, ids)),
    eventsOfEntry: loaderOfConnections<LedgerEventRow, PageArgs>((ids, args) => ledgerEventPages(sql, { parents: ids, args })),
    strikeOffById: loaderById<StrikeOffRow>((ids) => strikeOffsByIds(sql, viewer, ids)),
    strikeOffsOfEntry: loaderOfConnections<StrikeOffRow, PageArgs>((ids, args) => strikeOffPages(sql, { parents: ids, args })),
    screeningBatchById: loaderById<BatchRow>((ids) => batchesByIds(sql, viewer, ids)),
    screeningsOfCampaign: loaderOfConnections<BatchRow, PageArgs>((ids, args) => batchPages(sql, viewer, { parents: ids, args })),
    countsOfBatch: loaderOfMany<CandidateCount>((row) => row.batchId, (ids) => countsOfBatches(sql, ids)),
    screeningCandidateById: loaderById<CandidateRow>((ids) => candidatesByIds(sql, viewer, ids)),
    candidatesOfBatch: loaderOfConnections<CandidateRow, CandidateArgs>((ids, args) => candidatePages(sql, viewer, { parents: ids, args })),
    dutyLineById: loaderById<DutyLineRow>((ids) => dutyLinesByIds(sql, viewer, ids)),
    dutyLinesOfCase: loaderOfConnections<DutyLineRow, PageArgs>((ids, args) => dutyLinePages(sql, { parents: ids, args })),
    markById: loaderById<MarkRow>((ids) => marksByIds(sql, viewer, ids)),
    standingMarksOfCase: loaderOfMany<MarkRow>((row) => row.caseId, (ids) => standingMarksOf(sql, ids)),
    marksOfCase: loaderOfConnections<MarkRow, MarkArgs>((ids, args) => markPages(sql, { parents: ids, args })),
    stepsOfPlan: loaderOfMany<PlanStepRow>((row) => row.planId, (ids) => stepsOfPlans(sql, ids)),
    clusterById: loaderById<ClusterRow>((ids) => clustersByIds(sql, viewer, ids)),
    clustersOfCase: loaderOfConnections<ClusterRow, PageArgs>((parents, args) => clusterPages(sql, viewer, { by: 'case', parents, args })),
    clustersOfMeasure: loaderOfConnections<ClusterRow, PageArgs>((parents, args) => clusterPages(sql, viewer, { by: 'measure', parents, args })),
    membersOfCluster: loaderOfConnections<MemberRow, MemberArgs>((ids, args) => memberPages(sql, viewer, { parents: ids, args })),
    measureById: loaderById<MeasureRow>((ids) => measuresByIds(sql, viewer, ids)),
    measuresOfCluster: loaderOfConnections<MeasureRow, PageArgs>((parents, args) => measurePages(sql, { parents, args })),
    unlockedByMeasure: loaderOfConnections<CaseRow, PageArgs>((ids, args) => unlockedPages(sql, viewer, { parents: ids, args })),
    unlockedCountOfMeasure: loaderById<UnlockedCount>((ids) => unlockedCounts(sql, viewer, ids)),
  };
}
