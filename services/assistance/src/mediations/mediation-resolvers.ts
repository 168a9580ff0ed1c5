import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  AgreementItemPayloadResolvers, AgreementItemResolvers, AgreementItemResultResolvers, CaseResolvers, MediationKindResolvers, MediationPayloadResolvers, MediationRefusalResolvers,
  MediationResolvers, MediationResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  mediation: (_root, { id }, { loaders }) => loaders.mediation.load(id),
  mediations: (_root, args, { lists }) => lists.mediations(args),
  mediationKinds: (_root, _args, { services }) => [...services.kinds.mediations.all],
};

const Mutation: MutationResolvers = {
  proposeMediation: (_root, { input }, { actor, services }) => services.mediations.propose(actor, input),
  answerMediation: (_root, { input }, { actor, services }) => services.mediations.answer(actor, input),
  startMediation: (_root, { input }, { actor, services }) => services.mediations.start(actor, input),
  stopMediation: (_root, { input }, { actor, services }) => services.mediations.stop(actor, input),
  concludeMediation: (_root, { input }, { actor, services }) => services.agreements.conclude(actor, input),
  recordAgreementPerformance: (_root, { input }, { actor, services }) => services.agreements.perform(actor, input),
  recordCourtConfirmation: (_root, { input }, { actor, services }) => services.agreements.confirm(actor, input),
};

const MediationKind: MediationKindResolvers = { ...kindResolvers, mediatorFrom: ({ mediatorFrom }) => [...mediatorFrom] };

const Mediation: MediationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.mediation.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  kind: ({ kind }, _args, { services }) => services.kinds.mediations.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  respondentUnit: ({ respondentUnitId }) => (respondentUnitId ? { id: respondentUnitId } : null),
  mediatorUnit: ({ mediatorUnitId }) => (mediatorUnitId ? { id: mediatorUnitId } : null),
  mediatorOfficial: ({ mediatorOfficialId }) => (mediatorOfficialId ? { id: mediatorOfficialId } : null),
  mediatorParticipant: ({ mediatorParticipantId }, _args, { loaders }) => (mediatorParticipantId ? loaders.participant.load(mediatorParticipantId) : null),
  items: ({ id }, _args, { loaders }) => loaders.itemsOfMediation.load(id),
};

const AgreementItem: AgreementItemResolvers = {
  obligorUnit: ({ obligorUnitId }) => (obligorUnitId ? { id: obligorUnitId } : null),
  obligorOfficial: ({ obligorOfficialId }) => (obligorOfficialId ? { id: obligorOfficialId } : null),
};

const MediationResult: MediationResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'MediationRefusal' : 'MediationPayload') };
const AgreementItemResult: AgreementItemResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'MediationRefusal' : 'AgreementItemPayload') };

const MediationPayload: MediationPayloadResolvers = {
  mediation: async ({ mediationId }, _args, { loaders }) => required(await loaders.mediation.clear(mediationId).load(mediationId)),
};
const AgreementItemPayload: AgreementItemPayloadResolvers = {
  item: async ({ itemId }, _args, { loaders }) => required(await loaders.agreementItem.clear(itemId).load(itemId)),
};

const MediationRefusal: MediationRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { mediations: ({ id }, args, { loaders }) => loaders.mediationsOfCase(id, args) };

const Unit: UnitResolvers = {
  mediations: ({ id }, args, { loaders }) => loaders.mediationsOfUnit(id, args),
  agreementItems: ({ id }, args, { loaders }) => loaders.agreementItemsOfUnit(id, args),
};

export const mediationResolvers = {
  Query, Mutation, MediationKind, Mediation, AgreementItem, MediationResult, AgreementItemResult, MediationPayload, AgreementItemPayload, MediationRefusal, Case, Unit,
};
