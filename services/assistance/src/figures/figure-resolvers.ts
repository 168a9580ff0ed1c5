import { seesDivisionFigures } from '@anjie/access';
import { isLocalDate } from '@anjie/calendar';
import { DIVISION_CODE } from '@anjie/contracts';
import type { CampaignResolvers, DivisionRollupResolvers } from '../generated/graphql';

const FORMULAS = {
  REFERRALS_OPEN: '截至当日已发出且未办结、未退回、未撤回的转办数 = referrals sent by then and neither completed, returned nor withdrawn, of cases in the ledger',
  VISITS_DONE: '截至当日已进行的回访数 = follow-up visits that took place by then, of cases in the ledger',
  MEDIATIONS_AGREED: '截至当日达成协议的调解数（以协议生效日计） = mediations whose agreement took effect by then, of cases in the ledger',
  HEARINGS_HELD: '截至当日已举行的听证数 = hearings held by then, of cases in the ledger',
  RELIEF_GRANTED: '截至当日已批准救助帮扶的信访事项数 = cases in the ledger for which aid was approved by then, each once',
  VISITS_DUE: '截至当日计划日期已到且尚未登记结果的回访数 = follow-up visits whose planned day had come by then and that were neither made, declined nor cancelled, of cases in the ledger',
  AGENCY_TASKS_DONE: '截至当日已办结的代办数 = agency tasks done by then, of cases in the ledger',
  DISPUTES_SETTLED: '截至当日已了结的转办争议数 = disputes about referrals that were settled by then, of cases in the ledger',
} as const;

const figure = (name: keyof typeof FORMULAS, asOf: string, sums: ReadonlyMap<string, number>) => ({ value: sums.get(name) ?? 0, formula: FORMULAS[name], asOf });

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    DIVISION_CODE.test(divisionCode) && isLocalDate(asOf) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  referralsOpen: async (key, _args, { loaders }) => figure('REFERRALS_OPEN', key.asOf, await loaders.figures.load(key)),
  visitsDone: async (key, _args, { loaders }) => figure('VISITS_DONE', key.asOf, await loaders.figures.load(key)),
  mediationsAgreed: async (key, _args, { loaders }) => figure('MEDIATIONS_AGREED', key.asOf, await loaders.figures.load(key)),
  hearingsHeld: async (key, _args, { loaders }) => figure('HEARINGS_HELD', key.asOf, await loaders.figures.load(key)),
  reliefGranted: async (key, _args, { loaders }) => figure('RELIEF_GRANTED', key.asOf, await loaders.figures.load(key)),
  visitsDue: async (key, _args, { loaders }) => figure('VISITS_DUE', key.asOf, await loaders.figures.load(key)),
  agencyTasksDone: async (key, _args, { loaders }) => figure('AGENCY_TASKS_DONE', key.asOf, await loaders.figures.load(key)),
  disputesSettled: async (key, _args, { loaders }) => figure('DISPUTES_SETTLED', key.asOf, await loaders.figures.load(key)),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  assistanceFigureChanges: ({ id }, args, { lists }) => lists.figureChanges({ ...args, campaignId: id }),
};

export const figureResolvers = { DivisionRollup, Campaign };
