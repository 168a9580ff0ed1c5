import type { Context } from '../context';
import type { UnitPartLoadResolvers, UnitResolvers, UnitWorkloadResolvers } from '../generated/graphql';

const FORMULAS = {
  openDuties: '未履行义务 = 该单位未履行且您可见的义务（含超期） | open = duties of the unit that are not met and that you may see, overdue ones included',
  overdueDuties: '超期未履行义务 = 其中到期日已过的 | overdue = of those, past their due date',
  referralDuties: '转办义务 = 其中因转办产生的 | from referrals = of those, that a referral made',
  lettersToReply: '待回复督办函件 = 发给该单位、未回复未办结且您可见的函件 | letters to reply = to the unit, neither replied to nor closed, that you may see',
  cases: '在办事项数 = 该单位以此方式参与、未结案且您可见的事项 | cases = not closed, in which the unit has this part, that you may see',
} as const;

interface UnitKey {
  readonly id: string;
}

const figure = (value: number, formula: string, { loaders }: Context) => loaders.today().then((asOf) => ({ value, formula, asOf }));
const duties = (name: 'openDuties' | 'overdueDuties' | 'referralDuties') => async ({ id }: UnitKey, _args: object, context: Context) =>
  figure((await context.loaders.dutyLoad.load(id))?.[name] ?? 0, FORMULAS[name], context);

const UnitWorkload: UnitWorkloadResolvers = {
  openDuties: duties('openDuties'),
  overdueDuties: duties('overdueDuties'),
  referralDuties: duties('referralDuties'),
  lettersToReply: async ({ id }, _args, context) => figure((await context.loaders.letterLoad.load(id))?.letters ?? 0, FORMULAS.lettersToReply, context),
  parts: ({ id }, _args, { loaders }) => loaders.partLoads.load(id),
  cases: ({ id }, args, { loaders }) => loaders.casesOfUnit(id, args),
};

const UnitPartLoad: UnitPartLoadResolvers = { cases: ({ cases }, _args, context) => figure(cases, FORMULAS.cases, context) };

const Unit: UnitResolvers = {
  workload: async ({ id }, _args, { loaders }) => ((await loaders.unitInView.load(id)) ? { id } : null),
};

export const workloadResolvers = { Unit, UnitWorkload, UnitPartLoad };
