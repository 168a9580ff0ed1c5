import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseResolvers, MutationResolvers, QueryResolvers, SupervisionLetterResolvers, SupervisionLetterResultResolvers } from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { LETTER_BASIS, letterNumber } from '../rules/letters';
import { letterList } from './letter-repository';
import type { LetterAnswer } from './letter-service';

const Query: QueryResolvers = {
  supervisionLetter: (_root, { id }, { loaders }) => loaders.letter.load(id),
  supervisionLetters: (_root, args, { sql, viewer }) => listConnection(sql, letterList(viewer, args.filter), args),
};

async function answerWith(answer: LetterAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('SupervisionLetterRefusal', answer, viewer) as never;
  return { __typename: 'SupervisionLetterPayload', letter: await loaders.letter.clear(answer.letterId).load(answer.letterId) } as never;
}

const Mutation: MutationResolvers = {
  issueSupervisionLetter: async (_root, { input }, context) => answerWith(await context.services.letters.issue(input, context), context),
  replyToSupervisionLetter: async (_root, { input }, context) => answerWith(await context.services.letters.reply(input, context), context),
  closeSupervisionLetter: async (_root, { input }, context) => answerWith(await context.services.letters.close(input, context), context),
};

const SupervisionLetterResult: SupervisionLetterResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'SupervisionLetterPayload' | 'SupervisionLetterRefusal' }).__typename,
};

const SupervisionLetter: SupervisionLetterResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.letter.load(id),
  number: ({ numberYear, serial }) => letterNumber(numberYear, serial),
  case: ({ caseId }) => ({ id: caseId }),
  fromUnit: ({ fromUnitId }) => ({ id: fromUnitId }),
  toUnit: ({ toUnitId }) => ({ id: toUnitId }),
  issuedBy: ({ issuedById }) => ({ id: issuedById }),
  repliedBy: ({ repliedById }) => (repliedById ? { id: repliedById } : null),
  basis: () => LETTER_BASIS,
  obligation: ({ obligationId }, _args, { loaders }) => loaders.obligation.load(obligationId),
};

const Case: CaseResolvers = {
  supervisionLetters: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.lettersUnderCase(id, args) : null),
  latestLetter: async ({ id }, _args, { loaders }) =>
    (await loaders.visibleCase.load(id)) ? ((await loaders.lettersUnderCase(id, { first: 1 })).nodes[0] ?? null) : null,
};

export const letterResolvers = { Query, Mutation, SupervisionLetterResult, SupervisionLetter, Case };
