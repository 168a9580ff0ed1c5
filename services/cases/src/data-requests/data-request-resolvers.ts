import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { DataRequestResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { isNo, type AccessNo } from '../petitioner-access/admission';
import { listRequests, requestById } from './data-request-repository';
import type { DataNo } from './data-request-service';

const Query: Pick<QueryResolvers, 'dataRequests'> = {
  dataRequests: (_root, args, { sql, viewer }) => listRequests(sql, viewer, args),
};

const answered = async (done: { requestId: string } | DataNo, { sql, viewer }: Context) =>
  ('refused' in done
    ? { __typename: 'DataRequestRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'DataRequestPayload' as const, request: required(await requestById(sql, viewer, { id: done.requestId })) });

const Mutation: Pick<MutationResolvers, 'recordDataRequest' | 'readDataRequest' | 'decideDataRequest' | 'createDataCopyLink' | 'askDataRight' | 'fetchDataCopy'> = {
  recordDataRequest: async (_root, { input }, context) => answered(await context.services.dataRequests.record(input, context.actor), context),
  decideDataRequest: async (_root, { input }, context) => answered(await context.services.dataRequests.decide(input, context.actor), context),
  readDataRequest: async (_root, { input }, { services, actor, viewer }) => {
    const shown = await services.dataRequests.read(input, actor);
    return 'refused' in shown ? { __typename: 'DataRequestRefusal', ...refusalOf(shown, viewer) } : { __typename: 'DataRequestReading', ...shown };
  },
  createDataCopyLink: async (_root, { input }, { services, actor, viewer }) => {
    const made = await services.copyLinks.atWindow(input, actor);
    return 'refused' in made ? { __typename: 'DataRequestRefusal', ...refusalOf(made, viewer) } : { __typename: 'DataCopyLink', ...made };
  },
  askDataRight: async (_root, { input }, { services, actor, viewer }) => {
    const told = await services.access.askDataRight(input, actor);
    return isNo(told) ? { __typename: 'AccessRefusal', ...refusalOf(told, viewer) } : { __typename: 'MyMatterPayload', matter: told };
  },
  fetchDataCopy: async (_root, { input }, { services, actor, viewer }) => {
    const admitted = await services.access.letIn(input, actor);
    if (isNo(admitted)) return { __typename: 'AccessRefusal', ...refusalOf(admitted, viewer) };
    const made = await services.copyLinks.forPetitioner(input, { admitted, actor });
    return 'refused' in made ? { __typename: 'AccessRefusal', ...refusalOf(made as AccessNo, viewer) } : { __typename: 'DataCopyLink', ...made };
  },
};

const DataRequest: DataRequestResolvers = {
  petition: ({ petitionId }, _args, { loaders }) => loaders.petitionById.load(petitionId),
  state: ({ outcome }) => (outcome === null ? 'OPEN' : 'DECIDED'),
  decidedBy: ({ decidedUnitId }) => (decidedUnitId ? { id: decidedUnitId } : null),
  isCopyHandedOut: ({ fileId, isCopyGone }) => fileId !== null && Number(isCopyGone) === 1,
  version: ({ version }) => Number(version),
};

export const dataRequestResolvers = { Query, Mutation, DataRequest };
