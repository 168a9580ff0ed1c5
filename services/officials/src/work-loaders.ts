import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { agendaItemsByIds, agendaItemsUnder, type AgendaItemRow } from './agenda-items/agenda-item-repository';
import { handOversOf, type HandOverRow } from './hand-overs/hand-over-repository';
import { recusalsByIds, recusalsUnder, type RecusalArgs, type RecusalRow } from './recusals/recusal-repository';
import { resourcesByIds, resourcesUnder, type ResourceArgs, type ResourceRow } from './resources/resource-repository';
import { nodeCounts, responsibleIn, type NodeCounts, type ResponsibleRow } from './responsibility-tree/tree-repository';
import { safeHarboursOf, stepsOf, type SafeHarbourRow, type SafeHarbourStepRow } from './safe-harbours/safe-harbour-repository';
import { sponsorDutiesByIds, sponsorDutiesUnder, type SponsorDutyArgs, type SponsorDutyRow } from './sponsor-duties/sponsor-duty-repository';

/** What hangs under a sponsorship; its own loader has decided that the viewer sees it. */
export const sponsorshipPartLoaders = (sql: EntityManager, viewer: Viewer) => ({
  sponsorDutyById: loaderById<SponsorDutyRow>((ids) => sponsorDutiesByIds(sql, viewer, ids)),
  dutiesOfSponsorship: loaderOfConnections<SponsorDutyRow, SponsorDutyArgs>((parents, args) => sponsorDutiesUnder(sql, viewer, { by: 'SPONSORSHIP', parents, args })),
  sponsorDutiesOfOfficial: loaderOfConnections<SponsorDutyRow, SponsorDutyArgs>((parents, args) => sponsorDutiesUnder(sql, viewer, { by: 'OFFICIAL', parents, args })),
  handOverOfSponsorship: loaderBy<string, HandOverRow>((row) => row.sponsorshipId, (ids) => handOversOf(sql, ids)),
  safeHarboursOfSponsorship: loaderOfMany<SafeHarbourRow>((row) => row.sponsorshipId, (ids) => safeHarboursOf(sql, ids)),
  stepsOfSafeHarbour: loaderOfMany<SafeHarbourStepRow>((row) => row.safeHarbourId, (ids) => stepsOf(sql, ids)),
});

/** Recusals, agenda items, resources and the responsibility tree. */
export const workLoaders = (sql: EntityManager, viewer: Viewer) => {
  const recusals = (by: 'CASE' | 'OFFICIAL') => loaderOfConnections<RecusalRow, RecusalArgs>((parents, args) => recusalsUnder(sql, viewer, { by, parents, args }));
  const agenda = (by: 'CASE' | 'UNIT' | 'CAMPAIGN') => loaderOfConnections<AgendaItemRow, PageArgs>((parents, args) => agendaItemsUnder(sql, viewer, { by, parents, args }));
  const resources = (by: 'UNIT' | 'CAMPAIGN') => loaderOfConnections<ResourceRow, ResourceArgs>((parents, args) => resourcesUnder(sql, viewer, { by, parents, args }));
  return {
    recusalById: loaderById<RecusalRow>((ids) => recusalsByIds(sql, viewer, ids)),
    recusalsOfCase: recusals('CASE'),
    recusalsOfOfficial: recusals('OFFICIAL'),
    agendaItemById: loaderById<AgendaItemRow>((ids) => agendaItemsByIds(sql, viewer, ids)),
    agendaItemsOfCase: agenda('CASE'),
    agendaItemsOfUnit: agenda('UNIT'),
    agendaItemsOfCampaign: agenda('CAMPAIGN'),
    resourceById: loaderById<ResourceRow>((ids) => resourcesByIds(sql, viewer, ids)),
    resourcesOfUnit: resources('UNIT'),
    resourcesOfCampaign: resources('CAMPAIGN'),
    responsibleIn: loaderOfMany<ResponsibleRow>((row) => row.unitId, (ids) => responsibleIn(sql, ids)),
    nodeCounts: loaderById<NodeCounts>((ids) => nodeCounts(sql, ids)),
  };
};
