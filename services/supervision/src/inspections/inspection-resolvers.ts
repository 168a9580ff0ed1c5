import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CaseResolvers, DivisionResolvers, InspectionFindingResolvers, InspectionFindingResultResolvers, InspectionKindResolvers, InspectionPartnerResolvers, InspectionResolvers, InspectionResultResolvers,
  MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import type { FindingAnswer } from './finding-service';
import { inspectionList } from './inspection-repository';
import type { InspectionAnswer } from './open-inspection';

const Query: QueryResolvers = {
  inspection: (_root, { id }, { loaders }) => loaders.inspection.load(id),
  inspections: (_root, args, { sql, viewer }) => listConnection(sql, inspectionList(viewer, args.filter), args),
  inspectionKinds: (_root, _args, { kinds }) => [...kinds.inspections.all],
  inspectionFinding: (_root, { id }, { loaders }) => loaders.inspectionFinding.load(id),
};

async function inspectionAnswer(answer: InspectionAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('InspectionRefusal', answer, viewer) as never;
  return { __typename: 'InspectionPayload', inspection: await loaders.inspection.clear(answer.inspectionId).load(answer.inspectionId) } as never;
}

async function findingAnswer(answer: FindingAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('InspectionRefusal', answer, viewer) as never;
  return { __typename: 'InspectionFindingPayload', finding: await loaders.inspectionFinding.clear(answer.findingId).load(answer.findingId) } as never;
}

const Mutation: MutationResolvers = {
  planInspection: async (_root, { input }, context) => inspectionAnswer(await context.services.inspections.plan(input, context), context),
  startInspection: async (_root, { input }, context) => inspectionAnswer(await context.services.inspections.start(input, context), context),
  recordInspectionFinding: async (_root, { input }, context) => inspectionAnswer(await context.services.inspections.find(input, context), context),
  reportInspection: async (_root, { input }, context) => inspectionAnswer(await context.services.inspections.report(input, context), context),
  closeInspection: async (_root, { input }, context) => inspectionAnswer(await context.services.inspections.close(input, context), context),
  reportRectification: async (_root, { input }, context) => findingAnswer(await context.services.inspectionFindings.rectify(input, context), context),
  decideRectification: async (_root, { input }, context) => findingAnswer(await context.services.inspectionFindings.decide(input, context), context),
};

const typeOf = (result: unknown) => (result as { __typename: never }).__typename;
const InspectionResult: InspectionResultResolvers = { __resolveType: typeOf };
const InspectionFindingResult: InspectionFindingResultResolvers = { __resolveType: typeOf };

const InspectionKind: InspectionKindResolvers = { ...kindResolvers, reportDueDays: ({ reportDueDays }) => reportDueDays ?? null };
const InspectionPartner: InspectionPartnerResolvers = { unit: ({ unitId }) => ({ id: unitId }) };

const Inspection: InspectionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.inspection.load(id),
  kind: ({ kind }, _args, { kinds }) => kinds.inspections.of(kind),
  leadingUnit: ({ leadingUnitId }) => ({ id: leadingUnitId }),
  team: ({ teamId }, _args, { loaders }) => (teamId ? loaders.inspectionTeam.load(teamId) : null),
  isResponsibilityShared: ({ isShared }) => Boolean(Number(isShared)),
  partners: ({ id }, _args, { loaders }) => loaders.partnersOfInspection.load(id),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  unit: ({ unitId }) => reference(unitId),
  case: caseIfSeen,
  campaign: ({ campaignId }) => reference(campaignId),
  plannedBy: ({ plannedById }) => ({ id: plannedById }),
  reportObligation: ({ reportObligationId }, _args, { loaders }) => (reportObligationId ? loaders.obligation.load(reportObligationId) : null),
  findings: ({ id }, args, { loaders }) => loaders.inspectionFindingsUnder.inspection(id, args),
};

const InspectionFinding: InspectionFindingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.inspectionFinding.load(id),
  inspection: ({ inspectionId }, _args, { loaders }) => loaders.inspection.load(inspectionId),
  unit: ({ unitId }) => ({ id: unitId }),
  case: caseIfSeen,
  obligation: ({ obligationId }, _args, { loaders }) => loaders.obligation.load(obligationId),
  sharedObligation: ({ sharedObligationId }, _args, { loaders }) => (sharedObligationId ? loaders.obligation.load(sharedObligationId) : null),
  rectifiedBy: ({ rectifiedById }) => reference(rectifiedById),
  decidedBy: ({ decidedById }) => reference(decidedById),
};

const Case: CaseResolvers = {
  inspections: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.inspectionsUnder.case(id, args) : null),
};
const Unit: UnitResolvers = {
  inspections: ({ id }, args, { loaders }) => loaders.inspectionsUnder.unit(id, args),
  inspectionFindings: ({ id }, args, { loaders }) => loaders.inspectionFindingsUnder.unit(id, args),
};
const Division: DivisionResolvers = { inspections: ({ code }, args, { loaders }) => loaders.inspectionsUnder.division(code, args) };

export const inspectionResolvers = {
  Query, Mutation, InspectionResult, InspectionFindingResult, InspectionKind, InspectionPartner, Inspection, InspectionFinding, Case, Unit, Division,
};
