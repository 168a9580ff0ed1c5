import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { MutationResolvers, QueryResolvers, RetaliationComplaintResolvers } from '../generated/graphql';
import { isNo } from './admission';
import { complaintById, listComplaints } from './complaint-repository';

const unit = (id: string | null) => (id ? { id } : null);

const Query: Pick<QueryResolvers, 'retaliationComplaints'> = {
  retaliationComplaints: (_root, args, { sql, viewer }) => listComplaints(sql, viewer, args),
};

const Mutation: Pick<MutationResolvers, 'complainOfRetaliation' | 'readRetaliationComplaint' | 'answerRetaliationComplaint'> = {
  complainOfRetaliation: async (_root, { input }, { services, actor, viewer }) => {
    const told = await services.access.complain(input, actor);
    return isNo(told) ? { __typename: 'AccessRefusal', ...refusalOf(told, viewer) } : { __typename: 'MyMatterPayload', matter: told };
  },
  readRetaliationComplaint: async (_root, { input }, { services, actor, viewer }) => {
    const shown = await services.access.complaints.read(input, actor);
    return isNo(shown) ? { __typename: 'AccessRefusal', ...refusalOf(shown, viewer) } : { __typename: 'RetaliationReading', ...shown };
  },
  answerRetaliationComplaint: async (_root, { input }, { services, actor, viewer, sql }) => {
    const done = await services.access.complaints.answer(input, actor);
    if (isNo(done)) return { __typename: 'AccessRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'AnswerRetaliationPayload', complaint: required(await complaintById(sql, viewer, { id: done.complaintId })) };
  },
};

const RetaliationComplaint: RetaliationComplaintResolvers = {
  case: ({ caseId }, _args, { loaders }) => loaders.caseById.load(caseId),
  accusedUnit: ({ accusedUnitId }) => unit(accusedUnitId),
  answeredBy: ({ answeredUnitId }) => unit(answeredUnitId),
  version: ({ version }) => Number(version),
};

export const complaintResolvers = { Query, Mutation, RetaliationComplaint };
