import { isRefusal } from '@anjie/contracts';
import type { MutationResolvers, PetitionResolvers, QueryResolvers } from '../generated/graphql';
import { maskedPetitioner } from '../petitioners/petitioner-repository';
import { lookerOf } from '../rules/identity-showing';
import { rolesReaching } from '../rules/permissions';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import { outsideCode } from './intake-columns';
import { listPetitions } from './petition-repository';

const Query: QueryResolvers = {
  petition: (_root, { id }, { loaders }) => loaders.petitionById.load(id),
  petitions: (_root, { filter, ...page }, { sql, viewer }) => listPetitions(sql, viewer, { filter: filter ?? {}, page }),
};

const Mutation: MutationResolvers = {
  registerPetition: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.petitions.register(input, actor);
    if (isRefusal(done)) return { __typename: 'PetitionRefusal', ...refusalOf(done, viewer) };
    return {
      __typename: 'RegisterPetitionPayload',
      petition: required(await loaders.petitionById.load(done.petitionId)),
      case: required(await loaders.caseById.load(done.caseId)),
    };
  },
  revealPetitioner: async (_root, { input }, { services, actor, viewer }) => {
    const shown = await services.petitions.reveal(input, actor);
    return 'refused' in shown ? { __typename: 'PetitionRefusal', ...refusalOf(shown, viewer) } : { __typename: 'RevealedPetitioner', ...shown };
  },
};

const Petition: PetitionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.petitionById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  registeredBy: ({ registeredUnitId }) => (registeredUnitId ? { id: registeredUnitId } : null),
  content: ({ id, caseId, contentSealed }, _args, { loaders }) => loaders.text.load({ column: 'petitions.content_sealed', rowId: id, caseId, subjectId: id, sealed: contentSealed }),
  isMajorUrgent: ({ majorUrgentAt }) => majorUrgentAt !== null,
  cause: ({ causeSlug, causeCode }) => outsideCode(causeSlug, causeCode),
  hotTopic: ({ hotTopicSlug, hotTopicCode }) => outsideCode(hotTopicSlug, hotTopicCode),
  system: ({ systemSlug, systemCode }) => outsideCode(systemSlug, systemCode),
  externalCategory: ({ categorySlug, categoryCode }) => outsideCode(categorySlug, categoryCode),
  isProcessingRestricted: ({ restrictedOn }) => restrictedOn !== null,
  petitioners: async ({ id, caseDivisionCode, restrictedOn }, _args, { loaders, services, viewer }) => {
    const looker = lookerOf(rolesReaching({ ...viewer, parts: [], caseDivisionCode }));
    return (await loaders.petitionersOfPetition.load(id)).map((row) => maskedPetitioner(services.vault, row, { looker, isRestricted: restrictedOn !== null }));
  },
};

export const petitionResolvers = { Query, Mutation, Petition };
