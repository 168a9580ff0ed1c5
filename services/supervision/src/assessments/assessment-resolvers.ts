import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  AssessmentAnswerResolvers, AssessmentItemResolvers, AssessmentResolvers, AssessmentSchemeResolvers, AssessmentScoreResolvers, AssessmentUnitResultResolvers, CommendationAnswerResolvers,
  CommendationResolvers, DivisionResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { isTellingFraction, pointsText, type SchemeItem } from '../rules/assessment-rules';
import { reportFigure } from '../rules/report-figures';
import { assessmentList, commendationList, type AssessmentRow, type ScoreRow } from './assessment-repository';
import type { AssessmentReply } from './assessment-service';

const Query: QueryResolvers = {
  assessment: (_root, { id }, { loaders }) => loaders.assessment.load(id),
  assessments: (_root, args, { sql, viewer }) => listConnection(sql, assessmentList(viewer, args.filter), args),
  assessmentSchemes: (_root, _args, { kinds }) => [...kinds.assessmentSchemes.all],
  commendations: (_root, args, { sql, viewer }) => listConnection(sql, commendationList(viewer, args.filter), args),
};

async function answerWith(answer: AssessmentReply, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('AssessmentRefusal', answer, viewer) as never;
  return { __typename: 'AssessmentPayload', assessment: await loaders.assessment.clear(answer.assessmentId).load(answer.assessmentId) } as never;
}

const Mutation: MutationResolvers = {
  computeAssessment: async (_root, { input }, context) => answerWith(await context.services.assessments.compute(input, context), context),
  commentOnAssessment: async (_root, { input }, context) => answerWith(await context.services.assessments.comment(input, context), context),
  publishAssessment: async (_root, { input }, context) => answerWith(await context.services.assessments.publish(input, context), context),
  recordCommendation: async (_root, { input }, context) => {
    const answer = await context.services.assessments.commend(input, context);
    if (isRefusal(answer)) return refusalAnswer('AssessmentRefusal', answer, context.viewer) as never;
    return { __typename: 'CommendationPayload', commendation: await context.loaders.commendation.load(answer.commendationId) } as never;
  },
};

const typeNameOf = (result: unknown): never => (result as { __typename: never }).__typename;
const AssessmentAnswer: AssessmentAnswerResolvers = { __resolveType: typeNameOf };
const CommendationAnswer: CommendationAnswerResolvers = { __resolveType: typeNameOf };

const AssessmentScheme: AssessmentSchemeResolvers = { ...kindResolvers, items: ({ items }) => [...items] };
const AssessmentItem: AssessmentItemResolvers = { name: (item, _args, { viewer }) => (viewer.locale === 'en' ? item.en : item.zh) };

const Assessment: AssessmentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.assessment.load(id),
  scheme: ({ schemeCode }, _args, { kinds }) => kinds.assessmentSchemes.of(schemeCode),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  issuer: ({ issuerUnitId }) => ({ id: issuerUnitId }),
  publishedBy: ({ publishedById }) => reference(publishedById),
  results: ({ id }, args, { loaders }) => loaders.resultsUnder.assessment(id, args),
};

export interface ShownScore extends ScoreRow {
  readonly rule: SchemeItem;
  readonly assessment: AssessmentRow;
  readonly isSuppressed: boolean;
}

const AssessmentUnitResult: AssessmentUnitResultResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.assessmentResult.load(id),
  assessment: async ({ assessmentId }, _args, { loaders }) => (await loaders.assessment.load(assessmentId)) as never,
  unit: ({ unitId }) => ({ id: unitId }),
  total: ({ total }) => (total === null ? null : pointsText(total)),
  scores: async ({ id, assessmentId }, _args, { loaders, kinds }) => {
    const [assessment, near, scores] = await Promise.all([loaders.assessment.load(assessmentId), loaders.assessmentResult.load(id), loaders.scoresOfResult.load(id)]);
    if (!assessment) return [];
    const isNear = Number(near?.isNear ?? 0) === 1;
    return kinds.assessmentSchemes.of(assessment.schemeCode).items.flatMap((rule) =>
      scores.filter(({ item }) => item === rule.code).map((score): ShownScore => ({ ...score, rule, assessment, isSuppressed: !isNear && isTellingFraction(score) })));
  },
};

const AssessmentScore: AssessmentScoreResolvers = {
  item: ({ rule }) => rule,
  value: ({ value, isSuppressed }) => (isSuppressed ? null : value),
  base: ({ base, isSuppressed }) => (isSuppressed ? null : base),
  points: ({ score, isSuppressed }) => (score === null || isSuppressed ? null : pointsText(score)),
  formula: ({ rule }) => ((words) => `${words.zh} × ${rule.weight} | (${words.en}) × ${rule.weight}`)(reportFigure(rule.figure).formula),
  asOf: ({ assessment }) => assessment.asOf,
};

const Commendation: CommendationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.commendation.load(id),
  unit: ({ unitId }) => reference(unitId),
  official: ({ officialId }) => reference(officialId),
  assessment: ({ assessmentId }, _args, { loaders }) => (assessmentId ? loaders.assessment.load(assessmentId) : null),
  issuer: ({ issuerUnitId }) => ({ id: issuerUnitId }),
};

const Unit: UnitResolvers = {
  assessmentResults: ({ id }, args, { loaders }) => loaders.resultsUnder.unit(id, args),
  commendations: ({ id }, args, { loaders }) => loaders.commendationsUnder.unit(id, args),
};
const Official: OfficialResolvers = { commendations: ({ id }, args, { loaders }) => loaders.commendationsUnder.official(id, args) };
const Division: DivisionResolvers = { assessments: ({ code }, args, { loaders }) => loaders.assessmentsOfDivision(code, args) };

export const assessmentResolvers = {
  Query, Mutation, Unit, Official, Division,
  AssessmentAnswer, CommendationAnswer, AssessmentScheme, AssessmentItem, Assessment, AssessmentUnitResult, AssessmentScore, Commendation,
};
