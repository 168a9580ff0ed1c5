import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CentreService, DivisionResolvers, MediationCentreKindResolvers, MediationCentrePayloadResolvers, MediationCentreRefusalResolvers, MediationCentreResolvers,
  MediationCentreResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  mediationCentre: (_root, { id }, { loaders }) => loaders.centre.load(id),
  mediationCentres: (_root, args, { lists }) => lists.centres(args),
  mediationCentreKinds: (_root, _args, { services }) => [...services.kinds.mediationCentres.all],
};

const Mutation: MutationResolvers = {
  openMediationCentre: (_root, { input }, { actor, services }) => services.centres.open(actor, input),
  changeMediationCentre: (_root, { input }, { actor, services }) => services.centres.change(actor, input),
  closeMediationCentre: (_root, { input }, { actor, services }) => services.centres.close(actor, input),
};

const MediationCentre: MediationCentreResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.centre.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.mediationCentres.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  services: ({ services }) => services.split(' ') as CentreService[],
  checklists: ({ id }, args, { loaders }) => loaders.checklistsOfCentre(id, args),
  publicityActivities: ({ id }, args, { loaders }) => loaders.publicityOfCentre(id, args),
};

const MediationCentreKind: MediationCentreKindResolvers = { ...kindResolvers, services: ({ services }) => [...services] };
const MediationCentreResult: MediationCentreResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'MediationCentreRefusal' : 'MediationCentrePayload') };
const MediationCentrePayload: MediationCentrePayloadResolvers = {
  mediationCentre: async ({ centreId }, _args, { loaders }) => required(await loaders.centre.clear(centreId).load(centreId)),
};
const MediationCentreRefusal: MediationCentreRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Unit: UnitResolvers = { mediationCentres: ({ id }, args, { loaders }) => loaders.centresOfUnit(id, args) };
const Division: DivisionResolvers = {
  __resolveReference: ({ code }) => ({ code }),
  mediationCentres: ({ code }, args, { loaders }) => loaders.centresOfDivision(code, args),
};

export const mediationCentreResolvers = {
  Query, Mutation, MediationCentre, MediationCentreKind, MediationCentreResult, MediationCentrePayload, MediationCentreRefusal, Unit, Division,
};
