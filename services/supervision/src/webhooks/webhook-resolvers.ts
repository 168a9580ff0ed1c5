import { isRefusal } from '@anjie/contracts';
import { listConnection, required } from '@anjie/service-kit/subgraph';
import type { MutationResolvers, QueryResolvers, WebhookAttemptResolvers, WebhookDeliveryResolvers, WebhookEndpointResolvers } from '../generated/graphql';
import type { Context } from '../context';
import { refusalAnswer } from '../refusal-answer';
import type { WebhookFault } from '../rules/webhook-retries';
import { DIGEST_KIND } from './delivery-repository';
import { endpointList } from './endpoint-repository';
import type { DeliveryAnswer, EndpointAnswer, SecretAnswer } from './webhook-service';

const Query: QueryResolvers = {
  webhookEndpoints: (_root, args, { sql, viewer }) => listConnection(sql, endpointList(viewer, args.unitId), args),
  webhookEndpoint: (_root, { id }, { loaders }) => loaders.webhookEndpoint.load(id),
};

async function endpointAnswer(answer: EndpointAnswer | SecretAnswer, type: 'WebhookEndpointPayload' | 'WebhookSecretPayload', { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('WebhookRefusal', answer, viewer) as never;
  return { __typename: type, ...answer, endpoint: required(await loaders.webhookEndpoint.load(answer.endpointId)) } as never;
}

async function deliveryAnswer(answer: DeliveryAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('WebhookRefusal', answer, viewer) as never;
  return { __typename: 'WebhookDeliveryPayload', delivery: required(await loaders.webhookDelivery.load(answer.deliveryId)) } as never;
}

const Mutation: MutationResolvers = {
  registerWebhookEndpoint: async (_root, { input }, context) => endpointAnswer(await context.services.webhooks.register(input, context), 'WebhookSecretPayload', context),
  rotateWebhookSecret: async (_root, { input }, context) => endpointAnswer(await context.services.webhooks.rotate(input, context), 'WebhookSecretPayload', context),
  changeWebhookEndpoint: async (_root, { input }, context) => endpointAnswer(await context.services.webhooks.change(input, context), 'WebhookEndpointPayload', context),
  testWebhookEndpoint: async (_root, { input }, context) => deliveryAnswer(await context.services.webhooks.test(input, context), context),
  replayWebhookDelivery: async (_root, { input }, context) => deliveryAnswer(await context.services.webhooks.replay(input, context), context),
};

/** Tagged where it is made. */
const byTypename = { __resolveType: (result: unknown) => (result as { __typename: never }).__typename };

const WebhookEndpoint: WebhookEndpointResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.webhookEndpoint.load(id),
  unit: ({ unitId }) => ({ id: unitId }),
  kinds: async ({ id }, _args, { loaders }) => (await loaders.kindsOfEndpoint.load(id)).map((row) => row.kind).filter((kind) => kind !== DIGEST_KIND),
  withDigest: async ({ id }, _args, { loaders }) => (await loaders.kindsOfEndpoint.load(id)).some((row) => row.kind === DIGEST_KIND),
  isGone: ({ isGone }) => Boolean(isGone),
  deliveries: ({ id }, args, { loaders }) => loaders.deliveriesUnderEndpoint(id, args),
};

const WebhookDelivery: WebhookDeliveryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.webhookDelivery.load(id),
  endpoint: async ({ endpointId }, _args, { loaders }) => required(await loaders.webhookEndpoint.load(endpointId)),
  attemptCount: ({ attempts }) => attempts,
  attempts: ({ id }, _args, { loaders }) => loaders.attemptsOfDelivery.load(id),
  nextTryAt: ({ state, nextAt }) => (state === 'PENDING' ? nextAt : null),
};

const WebhookAttempt: WebhookAttemptResolvers = { fault: ({ fault }) => fault as WebhookFault | null };

export const webhookResolvers = {
  Query, Mutation, WebhookEndpoint, WebhookDelivery, WebhookAttempt, WebhookSecretResult: byTypename, WebhookEndpointResult: byTypename, WebhookDeliveryResult: byTypename,
};
