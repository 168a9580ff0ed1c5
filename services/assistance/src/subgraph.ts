import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assistanceApplicationResolvers as applications } from './assistance-applications/assistance-application-resolvers';
import { consultationResolvers as consultations } from './consultations/consultation-resolvers';
import { contractResolvers as contracts } from './contracts/contract-resolvers';
import { DecimalScalar } from './decimal';
import { engagementResolvers as engagements } from './engagements/engagement-resolvers';
import { explanationResolvers as explanations } from './explanations/explanation-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import { followUpVisitResolvers as visits } from './follow-up-visits/follow-up-visit-resolvers';
import type { CampaignResolvers, CaseResolvers, UnitResolvers } from './generated/graphql';
import { hearingResolvers as hearings } from './hearings/hearing-resolvers';
import { mediationResolvers as mediations } from './mediations/mediation-resolvers';
import { servingResolvers as serving } from './people-who-serve/serving-resolvers';
import { referralResolvers as referrals } from './referrals/referral-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...referrals.Case,
  ...applications.Case,
  ...visits.Case,
  ...mediations.Case,
  ...hearings.Case,
  ...consultations.Case,
  ...engagements.Case,
  ...explanations.Case,
};

const Unit: UnitResolvers = {
  ...referrals.Unit,
  ...applications.Unit,
  ...mediations.Unit,
  ...hearings.Unit,
  ...consultations.Unit,
  ...contracts.Unit,
  ...explanations.Unit,
};

const Campaign: CampaignResolvers = { ...figureResolvers.Campaign, ...applications.Campaign };

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildAssistanceSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Decimal: DecimalScalar,
    ...referrals,
    ...applications,
    ...visits,
    ...mediations,
    ...hearings,
    ...serving,
    ...consultations,
    ...contracts,
    ...engagements,
    ...explanations,
    ...figureResolvers,
    Query: {
      ...referrals.Query, ...applications.Query, ...visits.Query, ...mediations.Query, ...hearings.Query, ...serving.Query, ...consultations.Query, ...contracts.Query,
      ...engagements.Query, ...explanations.Query, ...auditResolvers('assistance', 'auditOfAssistance').Query,
    },
    Mutation: {
      ...referrals.Mutation, ...applications.Mutation, ...visits.Mutation, ...mediations.Mutation, ...hearings.Mutation, ...serving.Mutation, ...consultations.Mutation,
      ...contracts.Mutation, ...engagements.Mutation, ...explanations.Mutation,
    },
    Case,
    Unit,
    Campaign,
  });
