import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  AssignChecklistResultResolvers, ChecklistAnswerResolvers, ChecklistAssignmentResolvers, ChecklistCompletionResolvers, ChecklistItemResolvers, ChecklistKindResolvers, ChecklistResolvers,
  FillChecklistResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { figureText, reportFigure } from '../rules/report-figures';
import { assignmentList, checklistList, type CompletionRow } from './checklist-repository';

const Query: QueryResolvers = {
  checklist: (_root, { id }, { loaders }) => loaders.checklist.load(id),
  checklists: (_root, args, { sql, viewer }) => listConnection(sql, checklistList(viewer, args.filter), args),
  checklistKinds: (_root, _args, { kinds }) => [...kinds.checklists.all],
  checklistAssignments: (_root, args, { sql, viewer }) => listConnection(sql, assignmentList(viewer, args.filter), args),
};

const assigned = (answer: { readonly changedCount: number } | Parameters<typeof refusalAnswer>[1], { viewer }: Context): never =>
  (isRefusal(answer) ? refusalAnswer('ChecklistRefusal', answer, viewer) : { __typename: 'AssignChecklistPayload', ...answer }) as never;

const Mutation: MutationResolvers = {
  assignChecklist: async (_root, { input }, context) => assigned(await context.services.checklists.assign(input, context), context),
  endChecklistAssignment: async (_root, { input }, context) => assigned(await context.services.checklists.end(input, context), context),
  fillChecklist: async (_root, { input }, context) => {
    const answer = await context.services.checklists.fill(input, context);
    if (isRefusal(answer)) return refusalAnswer('ChecklistRefusal', answer, context.viewer) as never;
    return { __typename: 'ChecklistPayload', checklist: await context.loaders.checklist.clear(answer.checklistId).load(answer.checklistId) } as never;
  },
};

const typeNameOf = (result: unknown): never => (result as { __typename: never }).__typename;
const AssignChecklistResult: AssignChecklistResultResolvers = { __resolveType: typeNameOf };
const FillChecklistResult: FillChecklistResultResolvers = { __resolveType: typeNameOf };

const ChecklistKind: ChecklistKindResolvers = { ...kindResolvers, items: ({ items }) => [...items] };
const ChecklistItem: ChecklistItemResolvers = { text: (item, _args, { viewer }) => (viewer.locale === 'en' ? item.en : item.zh), isRequired: ({ required }) => required };

const Checklist: ChecklistResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.checklist.load(id),
  kind: ({ kindCode }, _args, { kinds }) => kinds.checklists.of(kindCode),
  unit: ({ unitId }) => ({ id: unitId }),
  campaign: ({ campaignId }) => reference(campaignId),
  state: ({ stored, overdueOn }) => (stored === 'FILLED' ? 'FILLED' : overdueOn ? 'OVERDUE' : 'OPEN'),
  isLate: ({ stored, filledOn, dueOn }) => stored === 'FILLED' && (filledOn ?? '') > dueOn,
  filledBy: ({ filledById }) => reference(filledById),
  answers: async ({ id, kindCode }, _args, { loaders, kinds }) => {
    const answers = new Map((await loaders.answersOfChecklist.load(id)).map((answer) => [answer.item, answer]));
    return kinds.checklists.of(kindCode).items.flatMap((item) => ((answer) => (answer ? [{ ...answer, item }] : []))(answers.get(item.code)));
  },
};

const ChecklistAnswer: ChecklistAnswerResolvers = { yes: ({ yes }) => (yes === null ? null : Number(yes) === 1) };

const ChecklistAssignment: ChecklistAssignmentResolvers = {
  kind: ({ kindCode }, _args, { kinds }) => kinds.checklists.of(kindCode),
  unit: ({ unitId }) => ({ id: unitId }),
  campaign: ({ campaignId }) => reference(campaignId),
};

export interface CompletionView extends CompletionRow {
  readonly asOf: string;
}

const FORMULAS: Readonly<Record<Exclude<keyof CompletionRow, 'id'>, string>> = {
  expected: '应填报 = 填报期限在期内的清单数 | expected = checklists whose last day lies in the period',
  inTime: '按期填报 = 其中不晚于期限填报的 | in time = of those, filled in not after their day',
  late: '逾期填报 = 其中晚于期限填报的 | late = of those, filled in after their day',
  overdue: '逾期未填报 = 其中期限已过且未填报的 | overdue = of those, not filled in and past their day',
};
const figure = (name: Exclude<keyof CompletionRow, 'id'>) => (view: CompletionView) => ({ value: view[name], formula: FORMULAS[name], asOf: view.asOf });
const ChecklistCompletion: ChecklistCompletionResolvers = { expected: figure('expected'), inTime: figure('inTime'), late: figure('late'), overdue: figure('overdue') };

const Unit: UnitResolvers = {
  checklists: ({ id }, args, { loaders }) => loaders.checklistsOfUnit(id, args),
  checklistCompletion: async ({ id }, period, { loaders }) => {
    if (!(await loaders.unitInView.load(id))) return null;
    const asOf = await loaders.today();
    const row = await loaders.completionOfUnit(period).load(id);
    return { ...(row ?? { id, expected: 0, inTime: 0, late: 0, overdue: 0 }), asOf: period.to < asOf ? period.to : asOf };
  },
  oneTimeResolution: async ({ id }, period, { loaders }) => {
    if (!(await loaders.unitInView.load(id))) return null;
    const today = await loaders.today();
    const counted = { from: period.from, to: period.to < today ? period.to : today };
    const marks = await loaders.reviewMarksOfUnit(counted).load(id);
    const of = (side: 'VALUE' | 'BASE'): number => marks.filter((mark) => mark.figure === 'ONE_TIME_RATE' && mark.side === side).length;
    const rate = { value: of('VALUE'), base: of('BASE') };
    const { zh, en } = reportFigure('ONE_TIME_RATE').formula;
    return { ...rate, text: figureText('ONE_TIME_RATE', rate), formula: `${zh} | ${en}`, asOf: counted.to };
  },
};

export const checklistResolvers = {
  Query, Mutation, Unit, AssignChecklistResult, FillChecklistResult, ChecklistKind, ChecklistItem, Checklist, ChecklistAnswer, ChecklistAssignment, ChecklistCompletion,
};
