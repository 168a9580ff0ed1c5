import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CaseResolvers, InterviewRecordResolvers, LetterApprovalResolvers, LetterObjectionResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, SupervisionLetterResolvers,
  SupervisionLetterResultResolvers, UnitResolvers,
} from '../generated/graphql';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import type { AccountabilityGround } from '../rules/accountability';
import { LETTER_BASIS } from '../rules/letter-refusals';
import { letterNumber } from '../rules/letters';
import type { LetterAnswer } from './letter-moves';
import { letterList } from './letter-repository';

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
  withdrawSupervisionLetter: async (_root, { input }, context) => answerWith(await context.services.letters.withdraw(input, context), context),
  decideSupervisionLetterDraft: async (_root, { input }, context) => answerWith(await context.services.letters.decideDraft(input, context), context),
  objectToSupervisionLetter: async (_root, { input }, context) => answerWith(await context.services.letters.objectTo(input, context), context),
  decideLetterObjection: async (_root, { input }, context) => answerWith(await context.services.letters.decideObjection(input, context), context),
  recordInterview: async (_root, { input }, context) => answerWith(await context.services.letters.recordInterview(input, context), context),
};

const SupervisionLetterResult: SupervisionLetterResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'SupervisionLetterPayload' | 'SupervisionLetterRefusal' }).__typename,
};

const SupervisionLetter: SupervisionLetterResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.letter.load(id),
  number: ({ numberYear, serial }) => (numberYear !== null && serial !== null ? letterNumber(numberYear, serial) : null),
  kind: ({ kind }, _args, { kinds }) => kinds.instruments.of(kind),
  case: caseIfSeen,
  fromUnit: ({ fromUnitId }) => ({ id: fromUnitId }),
  toUnit: ({ toUnitId }) => ({ id: toUnitId }),
  toOfficial: ({ toOfficialId }) => reference(toOfficialId),
  aboutUnit: ({ aboutUnitId }) => reference(aboutUnitId),
  issuedBy: ({ issuedById }) => ({ id: issuedById }),
  repliedBy: ({ repliedById }) => reference(repliedById),
  basis: ({ kind }, _args, { kinds }) => kinds.instruments.of(kind).basis ?? LETTER_BASIS,
  accountabilityGrounds: ({ accountabilityGrounds }) => (accountabilityGrounds === '' ? [] : (accountabilityGrounds.split(',') as AccountabilityGround[])),
  approval: (row) => (row.approvedById === null ? null : row),
  objection: (row) => (row.objectedOn === null ? null : row),
  interview: ({ id }, _args, { loaders }) => loaders.interviewOfLetter.load(id),
  hasProgress: ({ hasProgress }) => (hasProgress === null ? null : Number(hasProgress) === 1),
  obligation: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
};

const LetterApproval: LetterApprovalResolvers = {
  approvedBy: ({ approvedById }) => ({ id: approvedById ?? '' }),
  unit: ({ approvingUnitId }) => ({ id: approvingUnitId ?? '' }),
  approvedOn: ({ approvedOn }) => approvedOn ?? '',
  reference: ({ approvalReference }) => approvalReference ?? '',
};

const LetterObjection: LetterObjectionResolvers = {
  text: ({ objection }) => objection ?? '',
  by: ({ objectedById }) => ({ id: objectedById ?? '' }),
  objectedOn: ({ objectedOn }) => objectedOn ?? '',
  decision: ({ objectionDecision }) => objectionDecision,
  reason: ({ objectionReason }) => objectionReason,
  decidedBy: ({ objectionDecidedById }) => reference(objectionDecidedById),
  decidedOn: ({ objectionDecidedOn }) => objectionDecidedOn,
};

const InterviewRecord: InterviewRecordResolvers = {
  recordedBy: ({ recordedById }) => ({ id: recordedById }),
  rectification: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
};

const Case: CaseResolvers = {
  supervisionLetters: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.lettersUnder.case(id, args) : null),
  latestLetter: async ({ id }, _args, { loaders }) =>
    (await loaders.visibleCase.load(id)) ? ((await loaders.lettersUnder.case(id, { first: 1 })).nodes[0] ?? null) : null,
};

const Unit: UnitResolvers = {
  supervisionLetters: ({ id }, args, { loaders }) => loaders.lettersUnder.unit(id, args),
};

const Official: OfficialResolvers = {
  supervisionLetters: ({ id }, args, { loaders }) => loaders.lettersUnder.official(id, args),
};

export const letterResolvers = { Query, Mutation, SupervisionLetterResult, SupervisionLetter, LetterApproval, LetterObjection, InterviewRecord, Case, Unit, Official };
