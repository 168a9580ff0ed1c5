import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CloseReviewReason, CloseReviewRequirementResolvers, CloseReviewResolvers, CloseReviewSampleResolvers, CloseReviewSampleResultResolvers, CloseReviewSamplingResolvers,
  CloseReviewStratumResolvers, CloseOutcomeResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { codesOf } from '../close-reviews/close-review-repository';
import { refusalAnswer } from '../refusal-answer';
import { missingMaterials } from '../rules/material-completeness';
import { outcomeKey } from './close-outcome-repository';
import { sampleList } from './close-sample-repository';
import type { SampleAnswer } from './close-sample-service';

const Query: QueryResolvers = {
  closeReviewSample: (_root, { id }, { loaders }) => loaders.closeSample.load(id),
  closeReviewSamples: (_root, args, { sql, viewer }) => listConnection(sql, sampleList(viewer, args.divisionCode), args),
};

async function answerWith(answer: SampleAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('CloseReviewSampleRefusal', answer, viewer) as never;
  return { __typename: 'CloseReviewSamplePayload', sample: await loaders.closeSample.clear(answer.sampleId).load(answer.sampleId) } as never;
}

const Mutation: MutationResolvers = {
  drawCloseReviewSample: async (_root, { input }, context) => answerWith(await context.services.closeSamples.draw(input, context), context),
  examineSampledCloseReview: async (_root, { input }, context) => answerWith(await context.services.closeSamples.examine(input, context), context),
};

const CloseReviewSampleResult: CloseReviewSampleResultResolvers = { __resolveType: (result) => (result as { __typename: never }).__typename };

const METHOD = '按报送单位分层；每层以 cyrb53(种子|审核编号) 由小到大排序，取前 max(最少件数, ⌈件数×比例⌉) 件 = by unit; in each the first max(least, ⌈count × share⌉) files in the order of cyrb53(seed|review id)';
const RECOGNISED = '抽查期间通过件中：无退回的单位计全部，有退回的单位只计抽查确认件 = of what passed in the period: all files of units without a return, of the others only those confirmed';

const CloseReviewSample: CloseReviewSampleResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.closeSample.load(id),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  method: () => METHOD,
  isReproduced: async ({ id }, _args, { loaders }) => (await loaders.closeSampleView.load(id))?.isReproduced ?? false,
  drawnBy: ({ drawnById }) => ({ id: drawnById }),
  drawnUnit: ({ drawnUnitId }) => ({ id: drawnUnitId }),
  strata: async ({ id }, _args, { loaders }) => [...((await loaders.closeSampleView.load(id))?.strata ?? [])],
  items: ({ id }, args, { loaders }) => loaders.itemsUnderCloseSample(id, args),
  recognised: ({ recognisedCount, finishedOn }) => (recognisedCount === null || finishedOn === null ? null : { value: recognisedCount, formula: RECOGNISED, asOf: finishedOn }),
};

const CloseReviewStratum: CloseReviewStratumResolvers = { unit: ({ unitId }) => ({ id: unitId }) };

const CloseReviewSampling: CloseReviewSamplingResolvers = {
  sample: ({ sampleId }, _args, { loaders }) => loaders.closeSample.load(sampleId),
  closeReview: ({ reviewId }, _args, { loaders }) => loaders.closeReview.load(reviewId),
  result: ({ state }) => state,
  examinedBy: ({ examinedById }) => (examinedById ? { id: examinedById } : null),
  reasonCodes: ({ reasons }) => codesOf(reasons) as CloseReviewReason[],
};

const CloseReviewRequirement: CloseReviewRequirementResolvers = {
  anyOf: ({ anyOf }) => [...anyOf],
  text: ({ zh, en }, _args, { viewer }) => (viewer.locale === 'en' ? en : zh),
};

const CloseReview: CloseReviewResolvers = {
  completeness: async ({ id, track }, _args, { loaders }) => {
    const filed = (await loaders.materialsOfCloseReview.load(id)).map((one) => ({ kind: one.kind, isPresent: Number(one.isPresent) === 1 }));
    const missing = missingMaterials(track, filed);
    return { isComplete: missing.length === 0, missing };
  },
  sampling: ({ id }, _args, { loaders }) => loaders.samplingOfCloseReview.load(id),
};

const OUTCOME = {
  watched: '本单位审核通过且观察期已满的件数 = files of this unit that passed and whose watch is over',
  withoutRepeat: '观察期已满件中，观察期内未再次信访的件数 = of those, not come again within the watch',
  repeated: '观察期已满件中，观察期内再次信访的件数 = of those, come again within the watch',
};

const CloseOutcome: CloseOutcomeResolvers = {
  watched: ({ watched, asOf }) => ({ value: watched, formula: OUTCOME.watched, asOf }),
  withoutRepeat: ({ watched, repeated, asOf }) => ({ value: watched - repeated, formula: OUTCOME.withoutRepeat, asOf }),
  repeated: ({ repeated, asOf }) => ({ value: repeated, formula: OUTCOME.repeated, asOf }),
};

const Unit: UnitResolvers = { closeOutcome: ({ id }, { asOf }, { loaders }) => loaders.closeOutcome.load(outcomeKey(id, asOf)) };

export const closeSampleResolvers = {
  Query, Mutation, CloseReviewSampleResult, CloseReviewSample, CloseReviewStratum, CloseReviewSampling, CloseReviewRequirement, CloseReview, CloseOutcome, Unit,
};
