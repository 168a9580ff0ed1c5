import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  BackTraceRequestResolvers, CaseResolvers, InquiryAnswerResolvers, InquiryFindingResolvers, InquiryObjectionResolvers, InquiryResolvers, InquiryStepResolvers, MutationResolvers, QueryResolvers,
  UnitResolvers,
} from '../generated/graphql';
import { dutyWords } from '../obligations/explanation-service';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { isExempt } from '../rules/inquiry';
import { stepName } from '../rules/inquiry-step-names';
import { inquiryList } from './inquiry-repository';
import type { InquiryAnswer as Answer } from './open-inquiry';

const Query: QueryResolvers = {
  inquiry: (_root, { id }, { loaders }) => loaders.inquiry.load(id),
  inquiries: (_root, args, { sql, viewer }) => listConnection(sql, inquiryList(viewer, args.filter), args),
};

async function answerWith(answer: Answer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('InquiryRefusal', answer, viewer) as never;
  return { __typename: 'InquiryPayload', inquiry: await loaders.inquiry.clear(answer.inquiryId).load(answer.inquiryId) } as never;
}

const Mutation: MutationResolvers = {
  recordInquiryFinding: async (_root, { input }, context) => answerWith(await context.services.inquiries.find(input, context), context),
  recordInquiryObjection: async (_root, { input }, context) => answerWith(await context.services.inquiries.object(input, context), context),
  sendInquiryFindings: async (_root, { input }, context) => answerWith(await context.services.inquiries.send(input, context), context),
  replyToInquiryFinding: async (_root, { input }, context) => answerWith(await context.services.inquiries.reply(input, context), context),
  proposeInquiryConclusion: async (_root, { input }, context) => answerWith(await context.services.inquiries.propose(input, context), context),
  confirmInquiryConclusion: async (_root, { input }, context) => answerWith(await context.services.inquiries.confirm(input, context), context),
  appealInquiry: async (_root, { input }, context) => answerWith(await context.services.inquiries.appeal(input, context), context),
  decideInquiryAppeal: async (_root, { input }, context) => answerWith(await context.services.inquiries.decideAppeal(input, context), context),
};

const InquiryAnswer: InquiryAnswerResolvers = { __resolveType: (result) => (result as { __typename: never }).__typename };

/** What is proposed is for those within; those concerned are told what was concluded. */
const isTold = async ({ id, concludedOn }: { id: string; concludedOn: string | null }, { loaders }: Context): Promise<boolean> =>
  concludedOn !== null || (await loaders.inquiryInside.load(id)) !== null;

const Inquiry: InquiryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.inquiry.load(id),
  request: ({ requestId }, _args, { loaders }) => loaders.backTrace.load(requestId),
  case: caseIfSeen,
  tracedUnit: ({ tracedUnitId }) => ({ id: tracedUnitId }),
  conductingUnit: ({ conductingUnitId }) => ({ id: conductingUnitId }),
  obligation: ({ obligationId }, _args, { loaders }) => loaders.obligation.load(obligationId),
  timeline: ({ id }, args, { loaders }) => loaders.stepsOfInquiry(id, args),
  findings: ({ id }, _args, { loaders }) => loaders.findingsOfInquiry.load(id),
  objections: async ({ id }, _args, { loaders, viewer }) => {
    const all = await loaders.objectionsOfInquiry.load(id);
    return (await loaders.inquiryInside.load(id)) ? all : all.filter((one) => one.officialId === viewer.subject);
  },
  result: async (row, _args, context) => ((await isTold(row, context)) ? row.result : null),
  conclusion: async (row, _args, context) => ((await isTold(row, context)) ? row.conclusion : null),
  instrumentKind: async (row, _args, context) => (row.instrumentKind && (await isTold(row, context)) ? context.kinds.instruments.of(row.instrumentKind) : null),
  proposedBy: async (row, _args, context) => ((await isTold(row, context)) ? reference(row.proposedById) : null),
  confirmedBy: ({ confirmedById }) => reference(confirmedById),
  returnReason: async ({ id, returnReason }, _args, { loaders }) => ((await loaders.inquiryInside.load(id)) ? returnReason : null),
  appealedBy: ({ appealedById }) => reference(appealedById),
  appealUnit: ({ appealUnitId }) => reference(appealUnitId),
  appealObligation: ({ appealObligationId }, _args, { loaders }) => (appealObligationId ? loaders.obligation.load(appealObligationId) : null),
  appealDecidedBy: ({ appealDecidedById }) => reference(appealDecidedById),
};

const InquiryStep: InquiryStepResolvers = {
  name: (step, _args, { viewer, kinds }) => {
    const letter = step.source === 'LETTER' ? kinds.instruments.all.find((one) => one.code === step.code) : undefined;
    const ofLetter = letter && (viewer.locale === 'en' ? letter.en : letter.zh);
    return stepName(step, viewer.locale) ?? ofLetter ?? dutyWords({ dutyCode: step.code, ruleCode: step.code }, viewer.locale);
  },
  unit: ({ unitId }) => reference(unitId),
  official: ({ officialId }) => reference(officialId),
  isLate: ({ isLate }) => Boolean(Number(isLate)),
};

const InquiryFinding: InquiryFindingResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  official: ({ officialId }) => reference(officialId),
  repliedBy: ({ repliedById }) => reference(repliedById),
  stands: async ({ inquiryId, stands }, _args, context) => {
    if (stands === null) return null;
    const inquiry = await context.loaders.inquiry.load(inquiryId);
    return inquiry && (await isTold(inquiry, context)) ? Boolean(Number(stands)) : null;
  },
  isExempt: async (finding, _args, { loaders }) => isExempt(finding, await loaders.objectionsOfInquiry.load(finding.inquiryId)),
};

const InquiryObjection: InquiryObjectionResolvers = { official: ({ officialId }) => ({ id: officialId }) };

const BackTraceRequest: BackTraceRequestResolvers = { inquiry: ({ id }, _args, { loaders }) => loaders.inquiryOfRequest.load(id) };
const Case: CaseResolvers = {
  inquiries: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.inquiriesUnder.case(id, args) : null),
};
const Unit: UnitResolvers = { inquiries: ({ id }, args, { loaders }) => loaders.inquiriesUnder.unit(id, args) };

export const inquiryResolvers = { Query, Mutation, InquiryAnswer, Inquiry, InquiryStep, InquiryFinding, InquiryObjection, BackTraceRequest, Case, Unit };
