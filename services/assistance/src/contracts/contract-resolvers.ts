import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type {
  MutationResolvers, QueryResolvers, ServiceContractPayloadResolvers, ServiceContractRefusalResolvers, ServiceContractResolvers, ServiceContractResultResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  serviceContract: (_root, { id }, { loaders }) => loaders.contract.load(id),
  serviceContracts: (_root, args, { lists }) => lists.contracts(args),
};

const Mutation: MutationResolvers = {
  signServiceContract: (_root, { input }, { actor, services }) => services.contracts.sign(actor, input),
  recordDelivery: (_root, { input }, { actor, services }) => services.contracts.deliver(actor, input),
  acceptDeliverable: (_root, { input }, { actor, services }) => services.contracts.accept(actor, input),
  endServiceContract: (_root, { input }, { actor, services }) => services.contracts.end(actor, input),
};

const ServiceContract: ServiceContractResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.contract.load(id),
  unit: ({ unitId }) => ({ id: unitId }),
  supervisingUnit: ({ supervisingUnitId }) => ({ id: supervisingUnitId }),
  deliverables: ({ id }, _args, { loaders }) => loaders.deliverablesOfContract.load(id),
};

const ServiceContractResult: ServiceContractResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ServiceContractRefusal' : 'ServiceContractPayload') };

const ServiceContractPayload: ServiceContractPayloadResolvers = {
  contract: async ({ contractId }, _args, { loaders }) => required(await loaders.contract.clear(contractId).load(contractId)),
};

const ServiceContractRefusal: ServiceContractRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Unit: UnitResolvers = { serviceContracts: ({ id }, args, { loaders }) => loaders.contractsOfUnit(id, args) };

export const contractResolvers = { Query, Mutation, ServiceContract, ServiceContractResult, ServiceContractPayload, ServiceContractRefusal, Unit };
