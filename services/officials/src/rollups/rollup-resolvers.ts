import { DIVISION_CODE } from '@anjie/contracts';
import { seesDivisionFigures } from '@anjie/access';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { CampaignResolvers, DivisionRollupResolvers } from '../generated/graphql';
import type { Context } from '../context';
import type { OTHER_FIGURES, OfficialsFigure } from '../rules/counted-figures';

type RollupFigure = OfficialsFigure | (typeof OTHER_FIGURES)[number];

/** 公式: how each figure is made; shown beside the number. */
const FORMULAS: Readonly<Record<RollupFigure, string>> = {
  SPONSORED: '台账内、截至当日有现任包案领导的信访事项数 / ledger cases that have an active sponsor on that day',
  FOUR_ONES_COMPLETE: '台账内、截至当日“四个一”全部到位的信访事项数 / ledger cases for which all four ones are in place on that day',
  CASES_WITHOUT_SPONSOR: '台账内、未办结、截至当日没有现任包案领导的信访事项数 / ledger cases that are not closed and have no active sponsor on that day',
  ACTIVITIES_HELD: '截至当日已开展的领导活动数：属于该专项，或者所涉事项在其台账内 / activities of leaders held up to that day that name the campaign or concern a case of its ledger',
  OPEN_PROMISES: '截至当日未兑现、未撤销的承诺数：所涉事项作出承诺时在台账内，或者活动属于该专项 / promises neither kept nor dropped on that day, about a case that the ledger counted when they were made, or made at an activity of the campaign',
};

const figure = (name: RollupFigure) => async (key: RollupKey, _args: unknown, { loaders }: Context) => ({
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
  casesWithoutSponsor: figure('CASES_WITHOUT_SPONSOR'),
  activitiesHeld: figure('ACTIVITIES_HELD'),
  openPromises: figure('OPEN_PROMISES'),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  sponsorshipFigureChanges: ({ id }, args, { lists }) => lists.figureChanges({ ...args, campaignId: id }),
};

export const rollupResolvers = { DivisionRollup, Campaign };
