import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assistanceApplicationResolvers as applications } from './assistance-applications/assistance-application-resolvers';
import { DecimalScalar } from './decimal';
import { figureResolvers } from './figures/figure-resolvers';
import { followUpVisitResolvers as visits } from './follow-up-visits/follow-up-visit-resolvers';
import type { CaseResolvers } from './generated/graphql';
import { referralResolvers as referrals } from './referrals/referral-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...referrals.Case,
  ...applications.Case,
  ...visits.Case,
};

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildAssistanceSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Decimal: DecimalScalar,
    ...referrals,
    ...applications,
    ...visits,
    ...figureResolvers,
    Query: { ...referrals.Query, ...applications.Query, ...visits.Query, ...auditResolvers('assistance', 'auditOfAssistance').Query },
    Mutation: { ...referrals.Mutation, ...applications.Mutation, ...visits.Mutation },
    Case,
  });
