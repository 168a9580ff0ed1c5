import { DIVISION_CODE } from '@anjie/contracts';
import { seesDivisionFigures } from '@anjie/access';
import { isId } from '@anjie/service-kit/database';
import { pullFigureChanges, type RollupKey } from '@anjie/service-kit/figures';
import type { CampaignResolvers, DivisionRollupResolvers, Figure } from '../generated/graphql';
import type { Context } from '../context';
import type { FigureName } from '../rules/figure-diff';

const FORMULAS: Readonly<Record<FigureName, string>> = {
  OVERDUE_OBLIGATIONS: '台账事项中到期日已过且未履行的义务数 = open obligations of ledger cases whose due date has passed',
  OPEN_OBLIGATIONS: '台账事项中未履行的义务数（含超期） = open obligations of ledger cases, overdue ones included',
};

async function figure(key: RollupKey, name: FigureName, { loaders }: Context): Promise<Figure> {
  const totals = await loaders.figures.load(key);
  return { value: totals.get(name) ?? 0, formula: FORMULAS[name], asOf: key.asOf };
}

const reported = (formula: string, name: 'CHECKLISTS_OVERDUE' | 'PROGRAMME_TARGETS_MET') => async (key: RollupKey, _args: object, { loaders }: Context): Promise<Figure> =>
  ({ value: (await loaders.figures.load(key)).get(name) ?? 0, formula, asOf: key.asOf });

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    isId(campaignId) && DIVISION_CODE.test(divisionCode) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  overdueObligations: (key, _args, context) => figure(key, 'OVERDUE_OBLIGATIONS', context),
  openObligations: (key, _args, context) => figure(key, 'OPEN_OBLIGATIONS', context),
  checklistsOverdue: reported('逾期未填报清单数 = 期限已过且未填报的清单数 = checklists asked for in the campaign that are not filled in and past their day', 'CHECKLISTS_OVERDUE'),
  programmeTargetsMet: reported('达标目标数 = 专项中现值达到目标值的目标数 = targets of the campaign’s programmes that are met', 'PROGRAMME_TARGETS_MET'),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  supervisionFigureChanges: ({ id }, args, { sql, viewer }) => pullFigureChanges(sql, viewer, { ...args, campaignId: id }),
};

export const figureResolvers = { DivisionRollup, Campaign };
