import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import type { Services } from './services';
import { textLoader } from './readings/text-loader';
import { accusationsOf, type AccusationRow } from './accusations/accusation-repository';
import { assignmentPages, assignmentsByIds, supportUnitsOf, type AssignmentRow, type SupportRow } from './assignments/assignment-repository';
import { attachmentPages, attachmentsByIds, type AttachmentRow } from './attachments/attachment-repository';
import { campaignPages, campaignsByIds, phasesOf, targetsOf, type CampaignRow, type PhaseRow, type TargetRow } from './campaigns/campaign-repository';
import { entriesByIds, entriesOfCases, ledgerPages, type LedgerArgs, type LedgerEntryRow } from './campaigns/ledger-repository';
import { createCampaignLoaders } from './campaigns/campaign-loaders';
import { casesByIds, type CaseRow } from './cases/case-repository';
import { claimsByIds, claimsOf, type ClaimRow } from './claims/claim-repository';
import { exclusionsInForce, type ExclusionRow } from './exclusions/exclusion-repository';
import { petitionersOf, type PetitionerRow } from './petitioners/petitioner-repository';
import { correctionPages, type CorrectionRow } from './petitions/correction-repository';
import { petitionPages, petitionsByIds, type PetitionRow } from './petitions/petition-repository';
import { accessOf, type AccessRow } from './petitioner-access/access-repository';
import { ratingsOfCases, type CaseRatings } from './petitioner-access/rating-rounds';
import { progressNoticePages, type ProgressNoticeRow } from './progress-notices/progress-notice-repository';
import { milestonesOf, plansByIds, plansInForce, type MilestoneRow, type PlanRow } from './plans/plan-repository';
import { repeatLoaders } from './repeats/repeat-loaders';
import { rollupFigures, type RollupRow } from './rollups/rollup-repository';
import { lifeLoaders } from './life/life-loaders';
import { responsibilityLoaders } from './responsibilities/responsibility-loaders';
import DataLoader from 'dataloader';
import { rollupKeyName, type RollupKey } from '@anjie/service-kit/figures';

/** Per request: who asks, and one viewer-aware loader per entity for root fields and references alike. */
export function createContext({ sql, claims, services }: { sql: EntityManager; claims: InternalClaims; services: Services }) {
  const { viewer, requestId } = claims;
  const actor = { viewer, requestId };
  return { viewer, requestId, actor, sql, services, loaders: { ...createLoaders(sql, viewer), text: textLoader({ sql, vault: services.vault, actor }) } };
}
export type Context = ReturnType<typeof createContext>;

function createLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    caseById: loaderById<CaseRow>((ids) => casesByIds(sql, viewer, ids)),
    petitionById: loaderById<PetitionRow>((ids) => petitionsByIds(sql, viewer, ids)),
    claimById: loaderById<ClaimRow>((ids) => claimsByIds(sql, viewer, ids)),
    claimsOfCase: loaderOfMany<ClaimRow>((row) => row.caseId, (ids) => claimsOf(sql, ids)),
    petitionersOfPetition: loaderOfMany<PetitionerRow>((row) => row.petitionId, (ids) => petitionersOf(sql, ids)),
    petitionsOfCase: loaderOfConnections<PetitionRow, PageArgs>((ids, args) => petitionPages(sql, viewer, { parents: ids, args })),
    correctionsOfPetition: loaderOfConnections<CorrectionRow, PageArgs>((ids, args) => correctionPages(sql, { parents: ids, args })),
    progressNoticesOfCase: loaderOfConnections<ProgressNoticeRow, PageArgs>((ids, args) => progressNoticePages(sql, { parents: ids, args })),
    assignmentById: loaderById<AssignmentRow>((ids) => assignmentsByIds(sql, viewer, ids)),
    assignmentsOfCase: loaderOfConnections<AssignmentRow, PageArgs>((ids, args) => assignmentPages(sql, { parents: ids, args })),
    attachmentById: loaderById<AttachmentRow>((ids) => attachmentsByIds(sql, viewer, ids)),
    attachmentsOfCase: loaderOfConnections<AttachmentRow, PageArgs>((ids, args) => attachmentPages('a.case_id')(sql, viewer, { parents: ids, args })),
    attachmentsOfPetition: loaderOfConnections<AttachmentRow, PageArgs>((ids, args) => attachmentPages('a.petition_id')(sql, viewer, { parents: ids, args })),
    supportsOfAssignment: loaderOfMany<SupportRow>((row) => row.parentId, (ids) => supportUnitsOf(sql, 'assignment', ids)),
    supportsOfCase: loaderOfMany<SupportRow>((row) => row.parentId, (ids) => supportUnitsOf(sql, 'case', ids)),
    campaignById: loaderById<CampaignRow>((ids) => campaignsByIds(sql, viewer, ids)),
    childCampaigns: loaderOfConnections<CampaignRow, PageArgs>((ids, args) => campaignPages(sql, viewer, { parents: ids, args })),
    phasesOfCampaign: loaderOfMany<PhaseRow>((row) => row.campaignId, (ids) => phasesOf(sql, ids)),
    targetsOfCampaign: loaderOfMany<TargetRow>((row) => row.campaignId, (ids) => targetsOf(sql, ids)),
    ledgerEntryById: loaderById<LedgerEntryRow>((ids) => entriesByIds(sql, viewer, ids)),
    entriesOfCase: loaderOfMany<LedgerEntryRow>((row) => row.caseId, (ids) => entriesOfCases(sql, ids)),
    ledgerOfCampaign: loaderOfConnections<LedgerEntryRow, LedgerArgs>((ids, args) => ledgerPages(sql, viewer, { parents: ids, args })),
    planById: loaderById<PlanRow>((ids) => plansByIds(sql, viewer, ids)),
    planOfCase: loaderBy<string, PlanRow>((row) => row.caseId, (ids) => plansInForce(sql, ids)),
    milestonesOfPlan: loaderOfMany<MilestoneRow>((row) => row.planId, (ids) => milestonesOf(sql, ids)),
    ...repeatLoaders(sql, viewer),
    ...responsibilityLoaders(sql, viewer),
    accusationOfCase: loaderById<AccusationRow>((ids) => accusationsOf(sql, ids)),
    exclusionsOfCase: loaderOfMany<ExclusionRow>((row) => row.caseId, (ids) => exclusionsInForce(sql, ids)),
    ...lifeLoaders(sql, viewer),
    ...createCampaignLoaders(sql, viewer),
    accessOfPetition: loaderBy<string, AccessRow>((row) => row.petitionId, (ids) => accessOf(sql, ids)),
    ratingsOfCase: loaderBy<string, CaseRatings>((row) => row.caseId, (ids) => ratingsOfCases(sql, ids)),
    rollupByKey: new DataLoader<RollupKey, RollupRow, string>((keys) => rollupFigures(sql, keys), {
      cacheKeyFn: rollupKeyName,
    }),
  };
}
