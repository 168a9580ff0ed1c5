import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseExclusionResolvers, CaseResolvers, MutationResolvers } from '../generated/graphql';
import { rolesReaching } from '../rules/permissions';
import type { createExclusionService } from './exclusion-service';

type Answer = Awaited<ReturnType<ReturnType<typeof createExclusionService>['exclude']>>;

async function answerWith(done: Answer, { loaders, viewer }: Context) {
  if (isRefusal(done)) return { __typename: 'ExclusionRefusal' as const, ...refusalOf(done, viewer) };
  return { __typename: 'ExclusionPayload' as const, case: required(await loaders.caseById.load(done.caseId)) };
}

const Mutation: MutationResolvers = {
  excludeFromCase: async (_root, { input }, context) => answerWith(await context.services.exclusions.exclude(input, context.actor), context),
  liftExclusion: async (_root, { input }, context) => answerWith(await context.services.exclusions.lift(input, context.actor), context),
};

/** Who is accused in a sealed case is read by revealAccusation only. */
const Case: Pick<CaseResolvers, 'exclusions'> = {
  exclusions: ({ id, isSealed, divisionCode }, _args, { loaders, viewer }) =>
    (!isSealed && rolesReaching({ ...viewer, parts: [], caseDivisionCode: divisionCode }).includes('JOINT_OFFICE') ? loaders.exclusionsOfCase.load(id) : []),
};

const CaseExclusion: CaseExclusionResolvers = {
  unit: ({ kind, partyId }) => (kind === 'UNIT' ? { id: partyId } : null),
  official: ({ kind, partyId }) => (kind === 'OFFICIAL' ? { id: partyId } : null),
};

export const exclusionResolvers = { Mutation, Case, CaseExclusion };
