import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assessmentResolvers } from './assessments/assessment-resolvers';
import { backTraceResolvers } from './back-traces/back-trace-resolvers';
import { bulletinResolvers } from './bulletins/bulletin-resolvers';
import { checklistResolvers } from './checklists/checklist-resolvers';
import { closeReviewResolvers } from './close-reviews/close-review-resolvers';
import { closeSampleResolvers } from './close-samples/close-sample-resolvers';
import { coordinationCandidateResolvers } from './coordination/coordination-candidate-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import { focusResolvers } from './focus/focus-resolvers';
import { findingResolvers } from './formalism/finding-resolvers';
import { ladderResolvers } from './ladders/ladder-resolvers';
import { instrumentKindResolvers } from './letters/instrument-kind-resolvers';
import { inquiryResolvers } from './inquiries/inquiry-resolvers';
import { inspectionResolvers } from './inspections/inspection-resolvers';
import { inspectionTeamResolvers } from './inspections/team-resolvers';
import { decisionReviewResolvers } from './decision-reviews/decision-review-resolvers';
import { letterResolvers } from './letters/letter-resolvers';
import { listingResolvers } from './listings/listing-resolvers';
import { meetingResolvers } from './meetings/meeting-resolvers';
import { notificationResolvers } from './notifications/notification-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { programmeResolvers } from './programmes/programme-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';
import { urgentReportResolvers } from './urgent-reports/urgent-report-resolvers';
import { webhookResolvers } from './webhooks/webhook-resolvers';
import { workloadResolvers } from './workloads/workload-resolvers';
import type { CaseResolvers, DivisionResolvers } from './generated/graphql';

const Case: Pick<CaseResolvers, '__resolveReference'> = { __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id) };
const Division: Pick<DivisionResolvers, '__resolveReference'> = { __resolveReference: ({ code }) => ({ code }) };

const nouns: readonly Readonly<Record<string, object>>[] = [
  obligationResolvers,
  reminderResolvers,
  notificationResolvers,
  webhookResolvers,
  instrumentKindResolvers,
  letterResolvers,
  ladderResolvers,
  listingResolvers,
  focusResolvers,
  findingResolvers,
  urgentReportResolvers,
  meetingResolvers,
  coordinationCandidateResolvers,
  inspectionResolvers,
  inspectionTeamResolvers,
  closeReviewResolvers,
  closeSampleResolvers,
  backTraceResolvers,
  inquiryResolvers,
  bulletinResolvers,
  programmeResolvers,
  checklistResolvers,
  assessmentResolvers,
  decisionReviewResolvers,
  workloadResolvers,
  figureResolvers,
  auditResolvers('supervision', 'auditOfSupervision'),
  { Case, Division },
];

/** schema/ + resolvers. Each noun brings its own fields; fields of one type that two nouns bring are joined. */
export function buildSupervisionSchema() {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of nouns.flatMap((noun) => Object.entries(noun))) resolvers[type] = { ...resolvers[type], ...fields };
  return buildSubgraph(join(__dirname, '../schema'), resolvers);
}
