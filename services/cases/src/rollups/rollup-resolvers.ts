import { seesDivisionFigures } from '@anjie/access';
import { DIVISION_CODE } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Context } from '../context';
import type { CampaignResolvers, DivisionRollupResolvers, QueryResolvers } from '../generated/graphql';
import type { RollupRow } from './rollup-repository';

const visible = (key: RollupKey, { viewer }: Context): RollupKey | null =>
  DIVISION_CODE.test(key.divisionCode) && seesDivisionFigures(viewer, key.divisionCode) ? key : null;

interface RowArgs {
  readonly divisionCode: string;
  readonly asOf?: string | null;
}

/** The row of a campaign in a division; null outside the viewer's divisions. */
export const visibleRow = async (campaignId: string, { divisionCode, asOf }: RowArgs, context: Context): Promise<RollupKey | null> =>
  visible({ campaignId, divisionCode, asOf: asOf ?? (await businessTime(context.sql)).today }, context);

const Query: QueryResolvers = {
  divisionRollup: async (_root, { campaignId, ...row }, context) => {
    const campaign = await context.loaders.campaignById.load(campaignId);
    return campaign && visibleRow(campaign.id, row, context);
  },
};

/** Joined to the campaign's own fields in subgraph.ts. */
const Campaign: Pick<CampaignResolvers, 'rollup'> = {
  rollup: ({ id }, row, context) => visibleRow(id, row, context),
};

/** A column: its number, the words that say how it is made, and the day. */
const figure = (formula: string, valueOf: (row: RollupRow) => number | undefined) => async (key: RollupKey, _args: object, { loaders }: Context) => {
  const value = valueOf(await loaders.rollupByKey.load(key));
  return value === undefined ? null : { value, formula, asOf: key.asOf };
};

const DivisionRollup: Pick<DivisionRollupResolvers, '__resolveReference' | 'campaign' | 'stock' | 'resolved' | 'target' | 'gap' | 'targetDueOn'> = {
  __resolveReference: async ({ campaignId, divisionCode, asOf }, context) => {
    const campaign = await context.loaders.campaignById.load(campaignId);
    return campaign && visible({ campaignId: campaign.id, divisionCode, asOf }, context);
  },
  campaign: ({ campaignId }, _args, { loaders }) => loaders.campaignById.load(campaignId),
  stock: figure('台账数 = 截至当日列入台账的信访事项数 | stock = cases entered in the ledgers up to the day', (row) => row.entered),
  resolved: figure('化解数 = 截至当日经审核认定实体化解且未复发的事项数(不含办结、终结) | resolved = cases recognised as resolved and not relapsed up to the day', (row) => row.resolved),
  target: figure('目标数 = Σ各专项工作 ⌈目标率 × 底数⌉, 取当日适用的最近一期 | target = Σ ⌈percent × cohort⌉ of the target in force on the day', (row) => row.target?.minimum),
  gap: figure('差额 = max(0, 目标数 − 底数内化解数) | gap = max(0, target − resolved cases of the cohorts)', (row) => row.target && Math.max(0, row.target.minimum - row.cohortResolved)),
  targetDueOn: async (key, _args, { loaders }) => (await loaders.rollupByKey.load(key)).target?.dueOn ?? null,
};

export const rollupResolvers = { Query, Campaign, DivisionRollup };
