import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, HearingKindResolvers, HearingPanelSeatResolvers, HearingPayloadResolvers, HearingRefusalResolvers, HearingResolvers, HearingResultResolvers, HearingTriggerResolvers,
  HearingUnitResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  hearing: (_root, { id }, { loaders }) => loaders.hearing.load(id),
  hearings: (_root, args, { lists }) => lists.hearings(args),
  hearingKinds: (_root, _args, { services }) => [...services.kinds.hearings.all],
};

const Mutation: MutationResolvers = {
  openHearing: (_root, { input }, { actor, services }) => services.hearings.open(actor, input),
  answerHearing: (_root, { input }, { actor, services }) => services.hearings.answer(actor, input),
  noticeHearing: (_root, { input }, { actor, services }) => services.hearings.notice(actor, input),
  holdHearing: (_root, { input }, { actor, services }) => services.hearings.hold(actor, input),
  concludeHearing: (_root, { input }, { actor, services }) => services.hearingConclusions.conclude(actor, input),
  callOffHearing: (_root, { input }, { actor, services }) => services.hearings.callOff(actor, input),
};

const HearingKind: HearingKindResolvers = { ...kindResolvers, triggers: ({ triggers }) => [...triggers] };
const HearingTrigger: HearingTriggerResolvers = { name: ({ zh, en }, _args, { viewer }) => (viewer.locale === 'en' ? en : zh) };

const Hearing: HearingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.hearing.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  kind: ({ kind }, _args, { services }) => services.kinds.hearings.of(kind),
  trigger: ({ kind, triggerCode }, _args, { services }) => services.kinds.hearings.of(kind).triggers.find(({ code }) => code === triggerCode) ?? null,
  unit: ({ unitId }) => ({ id: unitId }),
  isRequested: ({ isRequested }) => Boolean(isRequested),
  isPublic: ({ isPublic }) => (isPublic === null ? null : Boolean(isPublic)),
  panel: ({ id }, _args, { loaders }) => loaders.panelOfHearing.load(id),
  interestedUnits: ({ id }, _args, { loaders }) => loaders.unitsOfHearing.load(id),
};

const HearingPanelSeat: HearingPanelSeatResolvers = {
  isChair: ({ isChair }) => Boolean(isChair),
  official: ({ officialId }) => (officialId ? { id: officialId } : null),
  expert: ({ expertId }, _args, { loaders }) => (expertId ? loaders.expert.load(expertId) : null),
  participant: ({ participantId }, _args, { loaders }) => (participantId ? loaders.participant.load(participantId) : null),
};

const HearingUnit: HearingUnitResolvers = { unit: ({ id }) => ({ id }) };

const HearingResult: HearingResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'HearingRefusal' : 'HearingPayload') };

const HearingPayload: HearingPayloadResolvers = {
  hearing: async ({ hearingId }, _args, { loaders }) => required(await loaders.hearing.clear(hearingId).load(hearingId)),
};

const HearingRefusal: HearingRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { hearings: ({ id }, args, { loaders }) => loaders.hearingsOfCase(id, args) };
const Unit: UnitResolvers = { hearings: ({ id }, args, { loaders }) => loaders.hearingsOfUnit(id, args) };

export const hearingResolvers = { Query, Mutation, HearingKind, HearingTrigger, Hearing, HearingPanelSeat, HearingUnit, HearingResult, HearingPayload, HearingRefusal, Case, Unit };
