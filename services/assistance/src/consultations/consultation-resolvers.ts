import { divisionLevel, isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, ConsultedExpertResolvers, ExpertPoolLevel, LegalConsultationPayloadResolvers, LegalConsultationRefusalResolvers, LegalConsultationResolvers,
  LegalConsultationResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  legalConsultation: (_root, { id }, { loaders }) => loaders.consultation.load(id),
  legalConsultations: (_root, args, { lists }) => lists.consultations(args),
};

const Mutation: MutationResolvers = {
  requestLegalOpinion: (_root, { input }, { actor, services }) => services.consultations.request(actor, input),
  sendExperts: (_root, { input }, { actor, services }) => services.consultations.send(actor, input),
  askHigherPool: (_root, { input }, { actor, services }) => services.consultations.askHigher(actor, input),
  answerHigherPool: (_root, { input }, { actor, services }) => services.consultations.answerHigher(actor, input),
  deliverLegalOpinion: (_root, { input }, { actor, services }) => services.consultations.deliver(actor, input),
  withdrawConsultation: (_root, { input }, { actor, services }) => services.consultations.withdraw(actor, input),
};

const LegalConsultation: LegalConsultationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.consultation.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  unit: ({ unitId }) => ({ id: unitId }),
  level: ({ poolDivisionCode }) => divisionLevel(poolDivisionCode) as ExpertPoolLevel,
  office: ({ officeUnitId }) => (officeUnitId ? { id: officeUnitId } : null),
  experts: ({ id }, _args, { loaders }) => loaders.expertsOfConsultation.load(id),
};

const ConsultedExpert: ConsultedExpertResolvers = { expert: ({ expertId }, _args, { loaders }) => loaders.expert.load(expertId) };

const LegalConsultationResult: LegalConsultationResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'LegalConsultationRefusal' : 'LegalConsultationPayload') };

const LegalConsultationPayload: LegalConsultationPayloadResolvers = {
  consultation: async ({ consultationId }, _args, { loaders }) => required(await loaders.consultation.clear(consultationId).load(consultationId)),
};

const LegalConsultationRefusal: LegalConsultationRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { legalConsultations: ({ id }, args, { loaders }) => loaders.consultationsOfCase(id, args) };
const Unit: UnitResolvers = { legalConsultations: ({ id }, args, { loaders }) => loaders.consultationsOfUnit(id, args) };

export const consultationResolvers = {
  Query, Mutation, LegalConsultation, ConsultedExpert, LegalConsultationResult, LegalConsultationPayload, LegalConsultationRefusal, Case, Unit,
};
