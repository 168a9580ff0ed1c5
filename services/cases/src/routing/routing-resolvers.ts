import type { QueryResolvers, RoutingProposalResolvers, RoutingReasonCode, RoutingReasonResolvers } from '../generated/graphql';
import { proposeRouting } from '../rules/routing';
import { routingFacts } from './routing-repository';

const Query: QueryResolvers = {
  routingProposal: async (_root, { caseId }, { sql, loaders }) => {
    const row = await loaders.caseById.load(caseId);
    if (!row) return null;
    const { facts, units } = await routingFacts(sql, row);
    return proposeRouting(facts, units);
  },
};

const RoutingProposal: RoutingProposalResolvers = {
  territoryUnit: ({ territoryUnitId }) => (territoryUnitId ? { id: territoryUnitId } : null),
  lineUnit: ({ lineUnitId }) => (lineUnitId ? { id: lineUnitId } : null),
};

const TEXTS: Readonly<Record<RoutingReasonCode, readonly [zh: string, en: string]>> = {
  LEVEL_BY_PLACE: ['按问题属地确定层级。', 'The level follows the place of the problem.'],
  LEVEL_BY_LAW: ['法律规定此类事项由该级以上机关办理。', 'A law gives such matters to this level or above.'],
  TERRITORY: ['属地管理：问题发生地的单位。', 'The unit of the place itself.'],
  TERRITORY_ABOVE: ['属地管理：当地没有登记单位，由上一级属地单位办理。', 'The place has no unit of its own here; the next one above it.'],
  NO_TERRITORY_UNIT: ['名录中没有该地的单位。', 'No unit of the place is known here.'],
  SEVERAL_TERRITORY_UNITS: ['该地有多个单位，请人工选定。', 'Several units stand for the place; choose one.'],
  LINE: ['谁主管、谁负责：该类事项的行业主管部门。', 'The department in whose line the matter lies.'],
  CATEGORY_UNKNOWN: ['内容分类未填写或者未列入职责对照表。', 'The content category is missing, or has no row in the table of lines.'],
  CATEGORY_WITHOUT_LINE: ['该类事项没有对应的行业主管部门。', 'The category lies in no department\'s line.'],
  NO_LINE_UNIT: ['名录中没有该行业的主管部门。', 'No department of the line is known here.'],
  SEVERAL_LINE_UNITS: ['有多个部门符合，请人工选定。', 'Several departments fit; choose one.'],
  OWN_LEVEL: ['属于本级职责，转送有权处理的机关、单位。', 'A matter of the office\'s own level.'],
  LOWER_LEVEL: ['属于下级职责，按属地管理、分级负责转送、交办。', 'A matter of a lower level.'],
  OUTSIDE: ['问题属地不在登记机关辖区内，有争议的由共同的上一级决定。', 'The registering office does not hold the place; the common superior decides a dispute.'],
  SEALED_LANE: ['揭发控告类事项不作分流建议。', 'Nobody is proposed for an accusation.'],
};

const RoutingReason: RoutingReasonResolvers = {
  text: ({ code }, _args, { viewer }) => TEXTS[code][viewer.locale === 'en' ? 1 : 0],
};

export const routingResolvers = { Query, RoutingProposal, RoutingReason };
