import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { AttachmentResolvers, CaseResolvers, MutationResolvers, PetitionResolvers, QueryResolvers } from '../generated/graphql';

const payloadOf = async (done: { attachmentId: string; caseId: string }, { loaders }: Context) => ({
  __typename: 'AttachmentPayload' as const,
  attachment: required(await loaders.attachmentById.load(done.attachmentId)),
  case: required(await loaders.caseById.load(done.caseId)),
});

const Query: QueryResolvers = {
  attachment: (_root, { id }, { loaders }) => loaders.attachmentById.load(id),
};

const Mutation: MutationResolvers = {
  attachFile: async (_root, { input }, context) => {
    const done = await context.services.attachments.attach(input, context.actor);
    return isRefusal(done) ? { __typename: 'AttachmentRefusal', ...refusalOf(done, context.viewer) } : payloadOf(done, context);
  },
  withdrawAttachment: async (_root, { input }, context) => {
    const done = await context.services.attachments.withdraw(input, context.actor);
    return isRefusal(done) ? { __typename: 'AttachmentRefusal', ...refusalOf(done, context.viewer) } : payloadOf(done, context);
  },
  createAttachmentLink: async (_root, { input }, { services, actor, viewer }) => {
    const done = await services.attachments.link(input, actor);
    return isRefusal(done) ? { __typename: 'AttachmentRefusal', ...refusalOf(done, viewer) } : { __typename: 'AttachmentLink', ...done };
  },
};

const Attachment: AttachmentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.attachmentById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  petition: ({ petitionId }, _args, { loaders }) => (petitionId ? loaders.petitionById.load(petitionId) : null),
  fileName: ({ id, fileNameSealed }, _args, { services }) => services.vault.open(fileNameSealed, { column: 'attachments.file_name_sealed', rowId: id }) ?? '',
  sha256: ({ sha256 }) => sha256.toString('hex'),
  attachedBy: ({ attachedBy }) => ({ id: attachedBy }),
  attachedByUnit: ({ attachedUnitId }) => (attachedUnitId ? { id: attachedUnitId } : null),
};

const Case: CaseResolvers = {
  attachments: ({ id }, args, { loaders }) => loaders.attachmentsOfCase(id, args),
};

const Petition: PetitionResolvers = {
  attachments: ({ id }, args, { loaders }) => loaders.attachmentsOfPetition(id, args),
};

export const attachmentResolvers = { Query, Mutation, Attachment, Case, Petition };
