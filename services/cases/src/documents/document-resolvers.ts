import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, DocumentResolvers, MutationResolvers } from '../generated/graphql';
import { DOCUMENT_RULES } from '../rules/documents';

const unit = (id: string | null) => (id ? { id } : null);

const Mutation: Pick<MutationResolvers, 'printDocument'> = {
  printDocument: async (_root, { input }, { services, actor, viewer }) => {
    const shown = await services.readings.print(input, actor);
    return isRefusal(shown) ? { __typename: 'StepRefusal', ...refusalOf(shown, viewer) } : { __typename: 'PrintedDocument', ...shown };
  },
};

const Case: Pick<CaseResolvers, 'documents'> = {
  documents: ({ id }, args, { loaders }) => loaders.documentsOfCase(id, args),
};

const Document: DocumentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.documentById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  title: ({ kind }) => DOCUMENT_RULES[kind].title,
  basis: ({ kind }) => DOCUMENT_RULES[kind].basis,
  issuer: ({ issuerUnitId }) => ({ id: issuerUnitId }),
  addresseeUnit: ({ addresseeUnitId }) => unit(addresseeUnitId),
  issuedBy: ({ issuedBy }) => ({ id: issuedBy }),
  sha256: ({ bodySha256 }) => bodySha256.toString('hex'),
  deliveries: ({ id }, _args, { loaders }) => loaders.deliveriesOfDocument.load(id),
};

export const documentResolvers = { Mutation, Case, Document };
