import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CaseResolvers, MutationResolvers, QueryResolvers, UnitResolvers, UrgentReportKindResolvers, UrgentReportReceiverResolvers, UrgentReportResolvers, UrgentReportResultResolvers,
} from '../generated/graphql';
import { caseIfSeen } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { urgentReportList } from './urgent-report-repository';
import type { UrgentReportAnswer } from './urgent-report-service';

const Query: QueryResolvers = {
  urgentReportKinds: (_root, _args, { kinds }) => [...kinds.urgentReports.all],
  urgentReport: (_root, { id }, { loaders }) => loaders.urgentReport.load(id),
  urgentReports: (_root, args, { sql, viewer }) => listConnection(sql, urgentReportList(viewer, args.filter), args),
};

async function answerWith(answer: UrgentReportAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('UrgentReportRefusal', answer, viewer) as never;
  loaders.receiversOfUrgentReport.clear(answer.reportId);
  return { __typename: 'UrgentReportPayload', report: await loaders.urgentReport.clear(answer.reportId).load(answer.reportId) } as never;
}

const Mutation: MutationResolvers = {
  sendUrgentReport: async (_root, { input }, context) => answerWith(await context.services.urgentReports.send(input, context), context),
  acknowledgeUrgentReport: async (_root, { input }, context) => answerWith(await context.services.urgentReports.acknowledge(input, context), context),
};

const UrgentReportResult: UrgentReportResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'UrgentReportPayload' | 'UrgentReportRefusal' }).__typename,
};

const UrgentReportKind: UrgentReportKindResolvers = { ...kindResolvers, levels: ({ levels }) => [...levels] };

const UrgentReport: UrgentReportResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.urgentReport.load(id),
  kind: ({ kind }, _args, { kinds }) => kinds.urgentReports.of(kind),
  reporterUnit: ({ reporterUnitId }) => ({ id: reporterUnitId }),
  case: caseIfSeen,
  sentBy: ({ sentById }) => ({ id: sentById }),
  isExpired: ({ isExpired }) => Number(isExpired) === 1,
  receivers: ({ id }, _args, { loaders }) => loaders.receiversOfUrgentReport.load(id),
};

const UrgentReportReceiver: UrgentReportReceiverResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  acknowledgedBy: ({ acknowledgedById }) => (acknowledgedById ? { id: acknowledgedById } : null),
};

const Case: CaseResolvers = {
  urgentReports: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.urgentReportsUnder.case(id, args) : null),
};
const Unit: UnitResolvers = { urgentReports: ({ id }, args, { loaders }) => loaders.urgentReportsUnder.unit(id, args) };

export const urgentReportResolvers = { Query, Mutation, UrgentReportResult, UrgentReportKind, UrgentReport, UrgentReportReceiver, Case, Unit };
