import { addDays } from '@anjie/calendar';
import { AppError } from '@anjie/contracts';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Context } from '../context';
import type { CampaignResolvers, DivisionRollupResolvers, ResolutionTargetResolvers } from '../generated/graphql';
import { accumulationOf, flowBetween, type LedgerFlowCounts } from '../rules/stock-and-flow';
import { progressOf } from '../rules/targets';
import type { RollupRow } from './rollup-repository';
import { visibleRow } from './rollup-resolvers';

/** Both ends are rows of figures, so that any number of flows costs what a page of rows costs. */
async function flowOf(key: RollupKey, from: string, { loaders }: Context) {
  if (from > key.asOf) throw new AppError('BAD_USER_INPUT', { field: 'from', rule: 'not after the last day' });
  const [before, after] = await Promise.all([loaders.rollupByKey.load({ ...key, asOf: addDays(from, -1) }), loaders.rollupByKey.load(key)]);
  const counts = flowBetween(before, after);
  const figure = (name: keyof LedgerFlowCounts) => ({ value: counts[name], formula: FLOW[name], asOf: name === 'opening' ? addDays(from, -1) : key.asOf });
  return {
    from, to: key.asOf, opening: figure('opening'), entered: figure('entered'), resolved: figure('resolved'), relapsed: figure('relapsed'),
    struckOff: figure('struckOff'), restored: figure('restored'), closing: figure('closing'), ...accumulationOf(counts),
  };
}

const FLOW: Readonly<Record<keyof LedgerFlowCounts, string>> = {
  opening: '期初存量 = 起始日前一日台账数 − 化解数 | opening = entries − resolved at the end of the day before',
  entered: '新增 = 期内列入台账的事项数 | entered = entries of the period',
  resolved: '化解 = 期内认定化解的件次(含期内又复发的) | resolved = recognitions in the period, those that relapsed included',
  relapsed: '复发 = 期内倒流的件次 | relapsed = settled cases that came back in the period',
  struckOff: '销号 = 期内经审核销号的件次, 不影响存量 | struck off = strike-offs approved in the period; they move no stock',
  restored: '恢复 = 期内撤销销号的件次 | restored = strike-offs undone in the period',
  closing: '期末存量 = 期初存量 + 新增 − 化解 + 复发 | closing = opening + entered − resolved + relapsed',
};

const column = (formula: string, valueOf: (row: RollupRow) => number) => async (key: RollupKey, _args: object, { loaders }: Context) =>
  ({ value: valueOf(await loaders.rollupByKey.load(key)), formula, asOf: key.asOf });

const DivisionRollup: Pick<DivisionRollupResolvers, 'openStock' | 'cohortResolved' | 'relapsed' | 'struckOff' | 'flow'> = {
  openStock: column('存量 = 台账数 − 化解数 | open = entries − resolved', (row) => row.entered - row.resolved),
  cohortResolved: column('底数内化解数 = 底数内事项中经认定化解的(目标只按此计算) | resolved cases of the cohorts, what targets are measured against', (row) => row.cohortResolved),
  relapsed: column('复发数 = 截至当日已化解又倒流的件次 | relapses up to the day', (row) => row.relapsed),
  struckOff: column('销号数 = 截至当日销号件次 − 撤销件次 | strike-offs minus those undone', (row) => row.struckOff - row.restored),
  flow: (key, { from }, context) => flowOf(key, from, context),
};

/** Joined to the campaign's own fields in subgraph.ts. */
const Campaign: Pick<CampaignResolvers, 'flow'> = {
  flow: async (campaign, { from, to, divisionCode }, context) => {
    const key = await visibleRow(campaign.id, { divisionCode: divisionCode ?? campaign.divisionCode, asOf: to ?? null }, context);
    return key && flowOf(key, from, context);
  },
};

/** No fact lies after it: the sum of everything. */
const ALWAYS = '9999-12-31';

const DENOMINATOR = {
  COHORT: '分母 = 底数(固定后不变, 日常交办不计入) | denominator = the frozen cohort, daily assignment excluded',
  ALL: '分母 = 截至当日全部台账数(含日常交办、自办件) | denominator = all entries up to the day, daily assignment included',
};
const NUMERATOR = {
  COHORT: '分子 = 底数内截至当日经认定实体化解且未复发的事项数 | numerator = cohort cases resolved and not relapsed up to the day',
  ALL: '分子 = 截至当日经认定实体化解且未复发的事项数 | numerator = cases resolved and not relapsed up to the day',
};

const ResolutionTarget: ResolutionTargetResolvers = {
  progress: async ({ campaignId, base, percent }, args, context) => {
    const { loaders } = context;
    const campaign = await loaders.campaignById.load(campaignId);
    const key = campaign && (await visibleRow(campaignId, { divisionCode: args.divisionCode ?? campaign.divisionCode, asOf: args.asOf ?? null }, context));
    if (!key) return null;
    const isCohort = base === 'COHORT';
    const [now, whole, cohorts] = await Promise.all([
      loaders.rollupByKey.load(key), loaders.rollupByKey.load(isCohort ? { ...key, asOf: ALWAYS } : key), loaders.openCohortsOfCampaign.load(campaignId),
    ]);
    const counts = isCohort ? { denominator: whole.cohortEntered, numerator: now.cohortResolved } : { denominator: now.entered, numerator: now.resolved };
    const { minimum, gap, rate } = progressOf(percent, counts);
    const figure = (value: number, formula: string) => ({ value, formula, asOf: key.asOf });
    return {
      base, isFixed: isCohort && Number(cohorts?.open ?? 1) === 0, rate, asOf: key.asOf,
      denominator: figure(counts.denominator, DENOMINATOR[base]), numerator: figure(counts.numerator, NUMERATOR[base]),
      minimum: figure(minimum, `目标件数 = ⌈${percent}% × 分母⌉ | ceil(${percent} % × denominator)`), gap: figure(gap, '差额 = max(0, 目标件数 − 分子) | gap = max(0, minimum − numerator)'),
    };
  },
};

export const flowResolvers = { Campaign, DivisionRollup, ResolutionTarget };
