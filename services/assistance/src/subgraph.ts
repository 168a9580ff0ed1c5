import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { DecimalScalar } from './decimal';
import type { CaseResolvers } from './generated/graphql';
import { agencyTaskResolvers } from './agency-tasks/agency-task-resolvers';
import { assistanceApplicationResolvers } from './assistance-applications/assistance-application-resolvers';
import { consultationResolvers } from './consultations/consultation-resolvers';
import { contractResolvers } from './contracts/contract-resolvers';
import { earlyDisputeResolvers } from './early-disputes/early-dispute-resolvers';
import { engagementResolvers } from './engagements/engagement-resolvers';
import { explanationResolvers } from './explanations/explanation-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import { followUpVisitResolvers } from './follow-up-visits/follow-up-visit-resolvers';
import { hearingResolvers } from './hearings/hearing-resolvers';
import { mediationCentreResolvers } from './mediation-centres/mediation-centre-resolvers';
import { mediationResolvers } from './mediations/mediation-resolvers';
import { servingResolvers } from './people-who-serve/serving-resolvers';
import { publicityResolvers } from './publicity-activities/publicity-activity-resolvers';
import { cooperationResolvers } from './referrals/cooperation-resolvers';
import { referralResolvers } from './referrals/referral-resolvers';
import { stationChecklistResolvers } from './station-checklists/station-checklist-resolvers';
import { taskResolvers } from './tasks/task-resolvers';

const Case: Pick<CaseResolvers, '__resolveReference'> = { __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id) };

const nouns: readonly Readonly<Record<string, object>>[] = [
  { Case },
  referralResolvers,
  cooperationResolvers,
  assistanceApplicationResolvers,
  mediationResolvers,
  hearingResolvers,
  servingResolvers,
  consultationResolvers,
  contractResolvers,
  engagementResolvers,
  explanationResolvers,
  followUpVisitResolvers,
  agencyTaskResolvers,
  taskResolvers,
  mediationCentreResolvers,
  stationChecklistResolvers,
  publicityResolvers,
  earlyDisputeResolvers,
  figureResolvers,
  auditResolvers('assistance', 'auditOfAssistance'),
];

/** schema/ + resolvers. Each noun brings its own fields; fields of one type that two nouns bring are joined. */
export function buildAssistanceSchema() {
  const resolvers: Record<string, object> = { ...scalarResolvers, Decimal: DecimalScalar };
  for (const [type, fields] of nouns.flatMap((noun) => Object.entries(noun))) resolvers[type] = { ...resolvers[type], ...fields };
  return buildSubgraph(join(__dirname, '../schema'), resolvers);
}
