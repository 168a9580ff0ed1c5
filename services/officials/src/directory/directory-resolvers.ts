import { isRefusal } from '@anjie/contracts';
import type { MutationResolvers, PutDirectoryResultResolvers } from '../generated/graphql';
import { refusalFields } from './refusal-fields';

const Mutation: MutationResolvers = {
  putDivisions: (_root, { input }, { services, actor }) => services.directory.putDivisions(actor, input),
  putUnits: (_root, { input }, { services, actor }) => services.directory.putUnits(actor, input),
  putOfficials: (_root, { input }, { services, actor }) => services.directory.putOfficials(actor, input),
};

const PutDirectoryResult: PutDirectoryResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'DirectoryRefusal' : 'PutDirectoryPayload') };

export const directoryResolvers = { Mutation, PutDirectoryResult, DirectoryRefusal: refusalFields };
