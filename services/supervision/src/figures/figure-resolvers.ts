import { DIVISION_CODE } from '@anjie/contracts';
import { seesDivisionFigures } from '@anjie/access';
import { isId } from '@anjie/service-kit/database';
import { pullFigureChanges, type RollupKey } from '@anjie/service-kit/figures';
import type { CampaignResolvers, DivisionRollupResolvers, Figure } from '../generated/graphql';
import type { Context } from '../context';
import type { FigureName } from '../rules/figure-diff';

const FORMULAS: Readonly<Record<FigureName, string>> = {
  OVERDUE_OBLIGATIONS: '台账事项中及专项工作（无具体事项）中到期日已过且未履行的义务数 = open obligations of ledger cases, and of the campaign without a case, whose due date has passed',
  OPEN_OBLIGATIONS: '台账事项中及专项工作（无具体事项）中未履行的义务数（含超期） = open obligations of ledger cases, and of the campaign without a case, overdue ones included',
  LETTERS_OPEN: '台账事项中及专项工作（无具体事项）中等待回复的督办函件数（含超期） = supervision letters that wait for their reply, overdue ones included',
  LETTERS_OVERDUE: '台账事项中及专项工作（无具体事项）中超过回复期限的督办函件数 = supervision letters whose reply is overdue',
  PLATES_OPEN: '台账事项中尚未摘牌的挂牌督办数 = listed supervisions that are not delisted yet',
};

async function figure(key: RollupKey, name: FigureName, { loaders }: Context): Promise<Figure> {
  const totals = await loaders.figures.load(key);
  return { value: totals.get(name) ?? 0, formula: FORMULAS[name], asOf: key.asOf };
}

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    isId(campaignId) && DIVISION_CODE.test(divisionCode) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  overdueObligations: (key, _args, context) => figure(key, 'OVERDUE_OBLIGATIONS', context),
  openObligations: (key, _args, context) => figure(key, 'OPEN_OBLIGATIONS', context),
  lettersOpen: (key, _args, context) => figure(key, 'LETTERS_OPEN', context),
  lettersOverdue: (key, _args, context) => figure(key, 'LETTERS_OVERDUE', context),
  platesOpen: (key, _args, context) => figure(key, 'PLATES_OPEN', context),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  supervisionFigureChanges: ({ id }, args, { sql, viewer }) => pullFigureChanges(sql, viewer, { ...args, campaignId: id }),
};

export const figureResolvers = { DivisionRollup, Campaign };
