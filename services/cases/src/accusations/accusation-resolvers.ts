import { hasRole } from '@anjie/access';
import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { AccusationResolvers, AccusationTextResolvers, AccusedResolvers, CaseResolvers, MutationResolvers, PetitionResolvers, QueryResolvers } from '../generated/graphql';
import { SEALED_TITLE } from '../rules/sealed-lane';
import { stagesOfUnit } from './accusation-repository';

const neutral = (locale: 'zh-CN' | 'en'): string => (locale === 'en' ? SEALED_TITLE.en : SEALED_TITLE.zh);
const unit = (id: string | null) => (id ? { id } : null);

const Query: QueryResolvers = {
  accusationProgress: async (_root, _args, { sql, viewer }) => {
    if (!viewer.unitId || !hasRole(viewer, 'JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK')) return null;
    const stages = await stagesOfUnit(sql, viewer, viewer.unitId);
    return {
      toTransfer: stages.get('REGISTERED') ?? 0, transferred: stages.get('TRANSFERRED') ?? 0, received: stages.get('RECEIVED') ?? 0,
      underReview: stages.get('UNDER_REVIEW') ?? 0, concluded: stages.get('CONCLUDED') ?? 0,
    };
  },
};

const Mutation: MutationResolvers = {
  transferAccusation: async (_root, { input }, { services, actor, viewer }) => {
    const done = await services.accusations.transfer(input, actor);
    if (isRefusal(done)) return { __typename: 'AccusationRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'TransferAccusationPayload', toUnit: { id: done.toUnitId }, transferredOn: done.transferredOn };
  },
  recordAccusationProgress: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.accusations.recordProgress(input, actor);
    if (isRefusal(done)) return { __typename: 'AccusationRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'RecordAccusationProgressPayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
  revealAccusation: async (_root, { input }, { services, actor, viewer }) => {
    const shown = await services.accusations.reveal(input, actor);
    return 'refused' in shown ? { __typename: 'AccusationRefusal', ...refusalOf(shown, viewer) } : { __typename: 'RevealedAccusation', ...shown };
  },
};

/** Whatever stands in the columns: a sealed case shows its neutral name and no summary. */
const Case: Pick<CaseResolvers, 'title' | 'summary' | 'isSealed' | 'accusation'> = {
  title: ({ isSealed, title }, _args, { viewer }) => (isSealed ? neutral(viewer.locale) : title),
  summary: ({ isSealed, summary }, _args, { viewer }) => (isSealed ? neutral(viewer.locale) : summary),
  isSealed: ({ isSealed }) => Boolean(isSealed),
  accusation: ({ id, isSealed }, _args, { loaders }) => (isSealed ? loaders.accusationOfCase.load(id) : null),
};

const Petition: Pick<PetitionResolvers, 'title'> = {
  title: ({ isSealed, title }, _args, { viewer }) => (isSealed ? neutral(viewer.locale) : title),
};

const Accusation: AccusationResolvers = {
  stageSince: ({ stageOn }) => stageOn,
  receivedBy: ({ holderId, transferredOn }) => unit(transferredOn && holderId),
};

const AccusationText: AccusationTextResolvers = {
  petition: async ({ petitionId }, _args, { loaders }) => required(await loaders.petitionById.load(petitionId)),
  claims: ({ claims }) => [...claims],
  addressee: ({ intake }) => intake.addressee,
  cause: ({ intake }) => intake.cause,
  hotTopic: ({ intake }) => intake.hotTopic,
  system: ({ intake }) => intake.system,
  externalCategory: ({ intake }) => intake.externalCategory,
  residenceDivisionCode: ({ intake }) => intake.residenceDivisionCode,
  householdDivisionCode: ({ intake }) => intake.householdDivisionCode,
};

const Accused: AccusedResolvers = {
  unit: ({ unitId }) => unit(unitId),
  official: ({ officialId }) => unit(officialId),
};

export const accusationResolvers = { Query, Mutation, Case, Petition, Accusation, AccusationText, Accused };
