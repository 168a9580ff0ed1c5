import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  MutationResolvers, QueryResolvers, StationChecklistItemResolvers, StationChecklistKindResolvers, StationChecklistPayloadResolvers, StationChecklistRefusalResolvers,
  StationChecklistResolvers, StationChecklistResultResolvers, UnitResolvers,
} from '../generated/graphql';
import type { FilledItemRow, StationChecklistRow } from './station-checklist-repository';

const Query: QueryResolvers = {
  stationChecklist: (_root, { id }, { loaders }) => loaders.checklist.load(id),
  stationChecklists: (_root, args, { lists }) => lists.checklists(args),
  stationChecklistKinds: (_root, _args, { services }) => [...services.kinds.stationChecklists.all],
};

const Mutation: MutationResolvers = {
  startStationChecklist: (_root, { input }, { actor, services }) => services.checklists.start(actor, input),
  fillStationChecklistItem: (_root, { input }, { actor, services }) => services.checklists.fill(actor, input),
};

/** An item of the list's kind with what was filled in for it. */
export interface ListedItem {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly filled: FilledItemRow | undefined;
}

async function itemsOf({ id, kind }: StationChecklistRow, { loaders, services }: Context): Promise<ListedItem[]> {
  const filled = new Map((await loaders.itemsOfChecklist.load(id)).map((item) => [item.itemCode, item]));
  return services.kinds.stationChecklists.of(kind).items.map((item) => ({ ...item, filled: filled.get(item.code) }));
}

const StationChecklist: StationChecklistResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.checklist.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.stationChecklists.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  centre: ({ centreId }, _args, { loaders }) => (centreId ? loaders.centre.load(centreId) : null),
  items: (row, _args, context) => itemsOf(row, context),
  isComplete: async (row, _args, context) => (await itemsOf(row, context)).every(({ filled }) => filled !== undefined),
};

const StationChecklistItem: StationChecklistItemResolvers = {
  name: ({ zh, en }, _args, { viewer }) => (viewer.locale === 'en' ? en : zh),
  isDone: ({ filled }) => filled !== undefined,
  doneOn: ({ filled }) => filled?.doneOn ?? null,
  evidence: ({ filled }) => filled?.evidence ?? null,
};

const StationChecklistKind: StationChecklistKindResolvers = { ...kindResolvers, items: ({ items }) => items.map((item) => ({ ...item, filled: undefined })) };
const StationChecklistResult: StationChecklistResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'StationChecklistRefusal' : 'StationChecklistPayload') };
const StationChecklistPayload: StationChecklistPayloadResolvers = {
  checklist: async ({ checklistId }, _args, { loaders }) => required(await loaders.checklist.clear(checklistId).load(checklistId)),
};
const StationChecklistRefusal: StationChecklistRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Unit: UnitResolvers = { stationChecklists: ({ id }, args, { loaders }) => loaders.checklistsOfUnit(id, args) };

export const stationChecklistResolvers = {
  Query, Mutation, StationChecklist, StationChecklistItem, StationChecklistKind, StationChecklistResult, StationChecklistPayload, StationChecklistRefusal, Unit,
};
