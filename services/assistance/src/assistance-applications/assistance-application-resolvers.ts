import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  AssistanceApplicationPayloadResolvers, AssistanceApplicationRefusalResolvers, AssistanceApplicationResolvers, AssistanceApplicationResultResolvers, CampaignResolvers,
  CaseResolvers, MutationResolvers, QueryResolvers, ReliefEntryResolvers, ReliefKindResolvers, ReliefLedgerResolvers, UnitResolvers,
} from '../generated/graphql';
import { openAmount } from '../rules/assistance-application-lifecycle';
import { subtractAmount } from '../rules/money';

const Query: QueryResolvers = {
  assistanceApplication: (_root, { id }, { loaders }) => loaders.application.load(id),
  assistanceApplications: (_root, args, { lists }) => lists.applications(args),
  reliefKinds: (_root, _args, { services }) => [...services.kinds.reliefs.all],
};

const Mutation: MutationResolvers = {
  submitAssistanceApplication: (_root, { input }, { actor, services }) => services.applications.submit(actor, input),
  offerRelief: (_root, { input }, { actor, services }) => services.applications.offer(actor, input),
  decideAssistanceApplication: (_root, { input }, { actor, services }) => services.relief.decide(actor, input),
  recordAssistancePayment: (_root, { input }, { actor, services }) => services.relief.pay(actor, input),
  correctAssistancePayment: (_root, { input }, { actor, services }) => services.relief.correct(actor, input),
  answerReliefOffer: (_root, { input }, { actor, services }) => services.relief.answer(actor, input),
};

const AssistanceApplication: AssistanceApplicationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.application.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  referral: ({ referralId }, _args, { loaders }) => (referralId ? loaders.referral.load(referralId) : null),
  kind: ({ kind }, _args, { services }) => services.kinds.reliefs.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  isUrgent: ({ isUrgent }) => Boolean(isUrgent),
  openAmount: ({ decidedAmount, paidAmount }) => (decidedAmount === null ? null : openAmount({ decided: decidedAmount, paid: paidAmount })),
  entries: ({ id }, _args, { loaders }) => loaders.entriesOfApplication.load(id),
};

const ReliefKind: ReliefKindResolvers = { ...kindResolvers, decidingUnitKinds: ({ decidingUnitKinds }) => [...decidingUnitKinds] };

const ReliefEntry: ReliefEntryResolvers = { recordedBy: ({ recordedById }) => (recordedById ? { id: recordedById } : null) };

const FORMULA = '截至当日批准金额合计，减去截至当日发放合计（冲正相抵后），为未发放余额 = decided by then, less payments by then net of counter-entries, is open';
const ReliefLedger: ReliefLedgerResolvers = {
  openAmount: ({ decidedAmount, paidAmount }) => subtractAmount(decidedAmount, paidAmount),
  formula: () => FORMULA,
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

const Unit: UnitResolvers = {
  assistanceApplications: ({ id }, args, { loaders }) => loaders.applicationsOfUnit(id, args),
  reliefLedger: ({ id }, args, { loaders }) => loaders.reliefLedgerOfUnit(id, args),
};

const Campaign: CampaignResolvers = {
  reliefLedger: ({ id }, args, { lists }) => lists.reliefOfCampaign({ ...args, campaignId: id }),
};

export const assistanceApplicationResolvers = {
  Query, Mutation, AssistanceApplication, ReliefKind, ReliefEntry, ReliefLedger, AssistanceApplicationResult, AssistanceApplicationPayload, AssistanceApplicationRefusal,
  Case, Unit, Campaign,
};
