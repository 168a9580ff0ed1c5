import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { dataRequestResolvers } from './data-requests/data-request-resolvers';
import { accusationResolvers } from './accusations/accusation-resolvers';
import { acceptanceResolvers } from './acceptance/acceptance-resolvers';
import { clockResolvers } from './clocks/clock-resolvers';
import { closingResolvers } from './closing/closing-resolvers';
import { documentResolvers } from './documents/document-resolvers';
import { historyResolvers } from './history/history-resolvers';
import { lifeResolvers } from './life/life-resolvers';
import { opinionResolvers } from './opinions/opinion-resolvers';
import { reviewResolvers } from './reviews/review-resolvers';
import { assignmentResolvers } from './assignments/assignment-resolvers';
import { attachmentResolvers } from './attachments/attachment-resolvers';
import { campaignResolvers } from './campaigns/campaign-resolvers';
import { caseResolvers } from './cases/case-resolvers';
import { exclusionResolvers } from './exclusions/exclusion-resolvers';
import { claimResolvers } from './claims/claim-resolvers';
import { correctionResolvers } from './petitions/correction-resolvers';
import { exchangeResolvers } from './exchange/exchange-resolvers';
import { categoryResolvers } from './categories/category-resolvers';
import { importResolvers } from './imports/import-resolvers';
import { petitionResolvers } from './petitions/petition-resolvers';
import { planResolvers } from './plans/plan-resolvers';
import { repeatResolvers } from './repeats/repeat-resolvers';
import { rollupResolvers } from './rollups/rollup-resolvers';
import { responsibilityResolvers } from './responsibilities/responsibility-resolvers';
import { coordinationResolvers } from './coordination/coordination-resolvers';
import { successionResolvers } from './successions/succession-resolvers';
import { guidanceResolvers } from './guidance/guidance-resolvers';
import { progressNoticeResolvers } from './progress-notices/progress-notice-resolvers';
import { routingResolvers } from './routing/routing-resolvers';
import { flowResolvers } from './rollups/flow-resolvers';
import { clusterResolvers } from './clusters/cluster-resolvers';
import { policyMeasureResolvers } from './policy-measures/policy-measure-resolvers';
import { dutyLineResolvers } from './duty-lines/duty-line-resolvers';
import { markResolvers } from './marks/mark-resolvers';
import { screeningResolvers } from './screenings/screening-resolvers';
import { strikeOffResolvers } from './strike-offs/strike-off-resolvers';
import { timeLimitResolvers } from './time-limits/time-limit-resolvers';
import { petitionerAccessResolvers } from './petitioner-access/access-resolvers';
import { complaintResolvers } from './petitioner-access/complaint-resolvers';
import { ratingResolvers } from './petitioner-access/rating-resolvers';

const nouns: readonly Readonly<Record<string, object>>[] = [
  caseResolvers,
  petitionResolvers,
  campaignResolvers,
  assignmentResolvers,
  attachmentResolvers,
  planResolvers,
  rollupResolvers,
  repeatResolvers,
  flowResolvers,
  strikeOffResolvers,
  markResolvers,
  dutyLineResolvers,
  clusterResolvers,
  policyMeasureResolvers,
  screeningResolvers,
  importResolvers,
  responsibilityResolvers,
  coordinationResolvers,
  successionResolvers,
  guidanceResolvers,
  progressNoticeResolvers,
  routingResolvers,
  accusationResolvers,
  exclusionResolvers,
  categoryResolvers,
  correctionResolvers,
  claimResolvers,
  exchangeResolvers,
  lifeResolvers,
  acceptanceResolvers,
  historyResolvers,
  clockResolvers,
  documentResolvers,
  opinionResolvers,
  reviewResolvers,
  closingResolvers,
  timeLimitResolvers,
  petitionerAccessResolvers,
  ratingResolvers,
  complaintResolvers,
  dataRequestResolvers,
  auditResolvers('cases', 'auditOfCases'),
];

/** schema/ + resolvers. Each noun brings its own fields; fields of one type that two nouns bring are joined. */
export function buildCasesSchema() {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of nouns.flatMap((noun) => Object.entries(noun))) resolvers[type] = { ...resolvers[type], ...fields };
  return buildSubgraph(join(__dirname, '../schema'), resolvers);
}
