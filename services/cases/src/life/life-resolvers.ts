import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { MutationResolvers } from '../generated/graphql';
import type { StepAnswer } from './step';

/** Every step answers the same: the case as it stands now and the paper, or the refusal with its article. */
async function stepResult(answer: StepAnswer, { loaders, viewer }: Context) {
  if (isRefusal(answer)) return { __typename: 'StepRefusal' as const, ...refusalOf(answer, viewer) };
  return {
    __typename: 'StepPayload' as const,
    case: required(await loaders.caseById.load(answer.caseId)),
    document: answer.documentId ? await loaders.documentById.load(answer.documentId) : null,
  };
}

const Mutation: MutationResolvers = {
  routeCase: async (_root, { input }, context) => stepResult(await context.services.acceptance.route(input, context.actor), context),
  acceptCase: async (_root, { input }, context) => stepResult(await context.services.acceptance.accept(input, context.actor), context),
  refuseAcceptance: async (_root, { input }, context) => stepResult(await context.services.acceptance.refuse(input, context.actor), context),
  objectToCase: async (_root, { input }, context) => stepResult(await context.services.objections.object(input, context.actor), context),
  decideObjection: async (_root, { input }, context) => stepResult(await context.services.objections.decide(input, context.actor), context),
  designateUnit: async (_root, { input }, context) => stepResult(await context.services.objections.designate(input, context.actor), context),
  investigateCase: async (_root, { input }, context) => stepResult(await context.services.handling.investigate(input, context.actor), context),
  extendHandling: async (_root, { input }, context) => stepResult(await context.services.handling.extend(input, context.actor), context),
  replyToCase: async (_root, { input }, context) => stepResult(await context.services.handling.reply(input, context.actor), context),
  settleCase: async (_root, { input }, context) => stepResult(await context.services.executions.settle(input, context.actor), context),
  reportExecution: async (_root, { input }, context) => stepResult(await context.services.executions.report(input, context.actor), context),
  sendDocument: async (_root, { input }, context) => stepResult(await context.services.deliveries.send(input, context.actor), context),
  proveDelivery: async (_root, { input }, context) => stepResult(await context.services.deliveries.prove(input, context.actor), context),
  requestReview: async (_root, { input }, context) => stepResult(await context.services.reviews.request(input, context.actor), context),
  recordHearing: async (_root, { input }, context) => stepResult(await context.services.reviews.recordHearing(input, context.actor), context),
  giveReviewOpinion: async (_root, { input }, context) => stepResult(await context.services.reviews.giveOpinion(input, context.actor), context),
  submitClosing: async (_root, { input }, context) => stepResult(await context.services.closings.submit(input, context.actor), context),
  terminateCase: async (_root, { input }, context) => stepResult(await context.services.closings.terminate(input, context.actor), context),
  archiveCase: async (_root, { input }, context) => stepResult(await context.services.closings.archive(input, context.actor), context),
  followUpCase: async (_root, { input }, context) => stepResult(await context.services.closings.followUp(input, context.actor), context),
  reopenCase: async (_root, { input }, context) => stepResult(await context.services.closings.reopen(input, context.actor), context),
};

export const lifeResolvers = { Mutation };
