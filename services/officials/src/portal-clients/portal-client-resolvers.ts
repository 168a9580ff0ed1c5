import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type { MutationResolvers, PortalClientKeyResolvers, PortalClientResolvers, PortalDocumentResolvers, PortalStrayResolvers, QueryResolvers } from '../generated/graphql';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';

const Query: QueryResolvers = {
  portalClients: (_root, args, { lists }) => lists.portalClients(args),
  portalClient: (_root, { id }, { loaders }) => loaders.portalClientById.load(id),
};

const Mutation: MutationResolvers = {
  registerPortalClient: (_root, { input }, { services, actor }) => services.portalClients.register(input, actor),
  changePortalClient: (_root, { input }, { services, actor }) => services.portalClients.change(input, actor),
  issuePortalKey: (_root, { input }, { services, actor }) => services.portalClients.issueKey(input, actor),
  revokePortalKey: (_root, { input }, { services, actor }) => services.portalClients.revokeKey(input, actor),
  registerPortalDocuments: (_root, { input }, { services, actor }) => services.portalDocuments.register(input, actor),
  withdrawPortalDocuments: (_root, { input }, { services, actor }) => services.portalDocuments.withdraw(input, actor),
};

const PortalClient: PortalClientResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.portalClientById.load(id),
  unit: async ({ unitId }, _args, { loaders }) => required(await loaders.unitById.load(unitId)),
  scopes: ({ scopes }) => scopes.split(' '),
  keys: ({ id }, _args, { loaders }) => loaders.keysOfPortalClient.load(id),
  documents: ({ id }, page, { loaders }) => loaders.documentsOfPortalClient(id, page),
  strays: ({ id }, page, { loaders }) => loaders.straysOfPortalClient(id, page),
};

const PortalClientKey: PortalClientKeyResolvers = {
  state: ({ revokedAt, isExpired }) => (revokedAt ? 'REVOKED' : Number(isExpired) === 1 ? 'EXPIRED' : 'ACTIVE'),
};

const PortalDocument: PortalDocumentResolvers = { documentId: ({ id }) => `sha256:${id}` };
const PortalStray: PortalStrayResolvers = { documentId: ({ id }) => `sha256:${id}`, uses: ({ uses }) => Number(uses) };

interface Done {
  readonly clientId: string;
}
const client = async ({ clientId }: Done, _args: unknown, { loaders }: Context) => required(await loaders.portalClientById.clear(clientId).load(clientId));
const orRefusal = (type: string) => ({ __resolveType: (answer: unknown): never => (isRefusal(answer) ? 'PortalClientRefusal' : type) as never });

export const portalClientResolvers = {
  Query, Mutation, PortalClient, PortalClientKey, PortalDocument, PortalStray,
  PortalClientPayload: { client },
  PortalDocumentsPayload: { client },
  PortalKeyPayload: {
    client,
    key: async ({ keyId }: { keyId: string }, _args: unknown, { loaders }: Context) => required(await loaders.portalKeyById.load(keyId)),
  },
  PortalClientRefusal: refusalFields,
  PortalClientResult: orRefusal('PortalClientPayload'),
  PortalKeyResult: orRefusal('PortalKeyPayload'),
  PortalDocumentsResult: orRefusal('PortalDocumentsPayload'),
};
