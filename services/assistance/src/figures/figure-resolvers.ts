import { seesDivisionFigures } from '@anjie/access';
import { isLocalDate } from '@anjie/calendar';
import { DIVISION_CODE } from '@anjie/contracts';
import type { CampaignResolvers, DivisionRollupResolvers } from '../generated/graphql';

const FORMULAS = {
  REFERRALS_OPEN: '截至当日已发出且未办结、未退回、未撤回的转办数 = referrals sent by then and neither completed, returned nor withdrawn, of cases in the ledger',
  VISITS_DONE: '截至当日已进行的回访数 = follow-up visits that took place by then, of cases in the ledger',
} as const;

const figure = (name: keyof typeof FORMULAS, asOf: string, sums: ReadonlyMap<string, number>) => ({ value: sums.get(name) ?? 0, formula: FORMULAS[name], asOf });

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    DIVISION_CODE.test(divisionCode) && isLocalDate(asOf) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  referralsOpen: async (key, _args, { loaders }) => figure('REFERRALS_OPEN', key.asOf, await loaders.figures.load(key)),
  visitsDone: async (key, _args, { loaders }) => figure('VISITS_DONE', key.asOf, await loaders.figures.load(key)),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  assistanceFigureChanges: ({ id }, args, { lists }) => lists.figureChanges({ ...args, campaignId: id }),
};

export const figureResolvers = { DivisionRollup, Campaign };
