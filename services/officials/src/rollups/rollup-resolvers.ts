import { DIVISION_CODE } from '@anjie/contracts';
import { seesDivisionFigures } from '@anjie/access';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { CampaignResolvers, DivisionRollupResolvers } from '../generated/graphql';
import type { Context } from '../context';
import type { OfficialsFigure } from '../rules/counted-figures';

/** 公式: how each figure is made; shown beside the number. */
const FORMULAS: Readonly<Record<OfficialsFigure, string>> = {
  SPONSORED: '台账内、截至当日有现任包案领导的信访事项数 / ledger cases that have an active sponsor on that day',
  FOUR_ONES_COMPLETE: '台账内、截至当日“四个一”全部到位的信访事项数 / ledger cases for which all four ones are in place on that day',
};

const figure = (name: OfficialsFigure) => async (key: RollupKey, _args: unknown, { loaders }: Context) => ({
  value: (await loaders.figuresOf.load(key)).get(name) ?? 0, formula: FORMULAS[name], asOf: key.asOf,
});

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    DIVISION_CODE.test(divisionCode) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  division: ({ divisionCode }, _args, { loaders }) => loaders.divisionByCode.load(divisionCode),
  children: async ({ campaignId, divisionCode, asOf }, _args, { loaders }) =>
    (await loaders.childrenOfDivision.load(divisionCode)).map(({ code }) => ({ campaignId, divisionCode: code, asOf })),
  sponsoredCases: figure('SPONSORED'),
  fourOnesComplete: figure('FOUR_ONES_COMPLETE'),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  sponsorshipFigureChanges: ({ id }, args, { lists }) => lists.figureChanges({ ...args, campaignId: id }),
};

export const rollupResolvers = { DivisionRollup, Campaign };
