import { isRefusal, type Refusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseMarkRefusalCode, CaseMarkResolvers, CaseResolvers, DifficultyFact, MutationResolvers, ProgressClass, UrgencyColour } from '../generated/graphql';
import type { MarkKind, MarkRow } from './mark-repository';
import type { Marked } from './mark-service';

const answer = async (done: Marked | Refusal<CaseMarkRefusalCode>, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'CaseMarkRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'CaseMarkPayload' as const, mark: required(await loaders.markById.load(done.markId)), case: required(await loaders.caseById.load(done.caseId)) };

const Mutation: MutationResolvers = {
  setUrgencyColour: async (_root, { input }, context) => answer(await context.services.marks.setUrgencyColour(input, context.actor), context),
  setProgressClass: async (_root, { input }, context) => answer(await context.services.marks.setProgressClass(input, context.actor), context),
  setDifficulty: async (_root, { input }, context) => answer(await context.services.marks.setDifficulty(input, context.actor), context),
};

const standing = async (caseId: string, kind: MarkKind, { loaders }: Context): Promise<string | null> =>
  (await loaders.standingMarksOfCase.load(caseId)).find((mark) => mark.kind === kind)?.value ?? null;

/** Joined to the case's own fields in subgraph.ts. */
const Case: Pick<CaseResolvers, 'urgencyColour' | 'progressClass' | 'difficulty' | 'marks'> = {
  urgencyColour: async ({ id }, _args, context) => (await standing(id, 'URGENCY_COLOUR', context)) as UrgencyColour | null,
  progressClass: async ({ id }, _args, context) => (await standing(id, 'PROGRESS_CLASS', context)) as ProgressClass | null,
  difficulty: async ({ id }, _args, context) => {
    const level = await standing(id, 'DIFFICULTY', context);
    return level === null ? null : Number(level);
  },
  marks: ({ id }, args, { loaders }) => loaders.marksOfCase(id, args),
};

const valueOf = (mark: MarkRow, kind: MarkKind): string | null => (mark.kind === kind ? mark.value : null);

const CaseMark: CaseMarkResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.markById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  colour: (mark) => valueOf(mark, 'URGENCY_COLOUR') as UrgencyColour | null,
  progressClass: (mark) => valueOf(mark, 'PROGRESS_CLASS') as ProgressClass | null,
  level: (mark) => (mark.kind === 'DIFFICULTY' ? Number(mark.value) : null),
  facts: ({ criteria }) => (criteria === null ? [] : (JSON.parse(criteria) as DifficultyFact[])),
  markedBy: ({ markedBy }) => ({ id: markedBy }),
};

export const markResolvers = { Mutation, Case, CaseMark };
