import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { AgendaItemResolvers, CampaignResolvers, CaseResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  agendaItem: (_root, { id }, { loaders }) => loaders.agendaItemById.load(id),
};

const Mutation: MutationResolvers = {
  putOnAgenda: (_root, { input }, { services, actor }) => services.agendaItems.put(actor, input),
  decideAgendaItem: (_root, { input }, { services, actor }) => services.agendaItems.decide(actor, input),
};

const AgendaItem: AgendaItemResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.agendaItemById.load(id),
  body: ({ bodyUnitId }, _args, { loaders }) => loaders.unitById.load(bodyUnitId),
  case: ({ caseId }, _args, { loaders }) => (caseId ? loaders.visibleCase.load(caseId) : null),
  campaign: ({ campaignId }) => (campaignId ? { id: campaignId } : null),
};

const Case: Pick<CaseResolvers, 'agendaItems'> = { agendaItems: ({ id }, page, { loaders }) => loaders.agendaItemsOfCase(id, page) };
const Unit: Pick<UnitResolvers, 'agendaItems'> = { agendaItems: ({ id }, page, { loaders }) => loaders.agendaItemsOfUnit(id, page) };
const Campaign: Pick<CampaignResolvers, 'agendaItems'> = { agendaItems: ({ id }, page, { loaders }) => loaders.agendaItemsOfCampaign(id, page) };

const AgendaItemPayload = {
  agendaItem: ({ agendaItemId }: { agendaItemId: string }, _args: unknown, { loaders }: Context) => loaders.agendaItemById.clear(agendaItemId).load(agendaItemId),
};

export const agendaItemResolvers = {
  Query, Mutation, AgendaItem, Case, Unit, Campaign, AgendaItemPayload,
  AgendaItemResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'AgendaItemRefusal' : 'AgendaItemPayload') },
  AgendaItemRefusal: refusalFields,
};
