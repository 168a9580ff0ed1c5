import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type {
  AssistanceApplicationPayloadResolvers, AssistanceApplicationRefusalResolvers, AssistanceApplicationResolvers, AssistanceApplicationResultResolvers,
  CaseResolvers, MutationResolvers, QueryResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  assistanceApplication: (_root, { id }, { loaders }) => loaders.application.load(id),
  assistanceApplications: (_root, args, { lists }) => lists.applications(args),
};

const Mutation: MutationResolvers = {
  submitAssistanceApplication: (_root, { input }, { actor, services }) => services.applications.submit(actor, input),
  decideAssistanceApplication: (_root, { input }, { actor, services }) => services.applications.decide(actor, input),
  recordAssistancePayment: (_root, { input }, { actor, services }) => services.applications.pay(actor, input),
};

const AssistanceApplication: AssistanceApplicationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.application.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  referral: ({ referralId }, _args, { loaders }) => (referralId ? loaders.referral.load(referralId) : null),
  unit: ({ unitId }) => ({ id: unitId }),
};

const AssistanceApplicationResult: AssistanceApplicationResultResolvers = {
  __resolveType: (answer) => (isRefusal(answer) ? 'AssistanceApplicationRefusal' : 'AssistanceApplicationPayload'),
};

const AssistanceApplicationPayload: AssistanceApplicationPayloadResolvers = {
  application: async ({ applicationId }, _args, { loaders }) => required(await loaders.application.clear(applicationId).load(applicationId)),
};

const AssistanceApplicationRefusal: AssistanceApplicationRefusalResolvers = {
  message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh),
};

const Case: CaseResolvers = {
  assistanceApplications: ({ id }, args, { loaders }) => loaders.applicationsOfCase(id, args),
};

export const assistanceApplicationResolvers = {
  Query, Mutation, AssistanceApplication, AssistanceApplicationResult, AssistanceApplicationPayload, AssistanceApplicationRefusal, Case,
};
