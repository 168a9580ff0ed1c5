import { DIVISION_CODE } from '@anjie/contracts';
import { seesDivisionFigures } from '@anjie/access';
import { isId } from '@anjie/service-kit/database';
import { pullFigureChanges, type RollupKey } from '@anjie/service-kit/figures';
import type { CampaignResolvers, DivisionRollupResolvers, Figure } from '../generated/graphql';
import type { Context } from '../context';
import type { DatedFigureName, FigureName } from '../rules/figure-diff';

const FORMULAS: Readonly<Record<FigureName | DatedFigureName, string>> = {
  OVERDUE_OBLIGATIONS: '台账事项中及专项工作（无具体事项）中到期日已过且未履行的义务数 = open obligations of ledger cases, and of the campaign without a case, whose due date has passed',
  OPEN_OBLIGATIONS: '台账事项中及专项工作（无具体事项）中未履行的义务数（含超期） = open obligations of ledger cases, and of the campaign without a case, overdue ones included',
  DECISIONS_OPEN: '台账事项及专项工作会议的议定事项中尚未报告落实的件数 = decisions of meetings, on ledger cases or of the campaign, that are still owed',
  INQUIRIES_OPEN: '台账事项的责任倒查中尚未作出结论或申诉决定的件数 = back-trace inquiries into ledger cases whose conclusion, or the decision on whose appeal, is still owed',
  INSPECTIONS_REPORTED: '台账事项或专项工作的督查中已提交报告的件数，按报告日计 = inspections on ledger cases or of the campaign that were reported, by the day of the report',
  RECOGNISED_AFTER_SAMPLING: '抽查完成后计入的通过件数：无退回的单位计全部，有退回的单位只计抽查确认件，按抽查完成日计 = passed files of ledger cases that count once their sample is done: all of units without a return, of the others those confirmed',
  LETTERS_OPEN: '台账事项中及专项工作（无具体事项）中等待回复的督办函件数（含超期） = supervision letters that wait for their reply, overdue ones included',
  LETTERS_OVERDUE: '台账事项中及专项工作（无具体事项）中超过回复期限的督办函件数 = supervision letters whose reply is overdue',
  CHECKLISTS_OVERDUE: '逾期未填报清单数 = 期限已过且未填报的清单数 = checklists asked for in the campaign that are not filled in and past their day',
  PROGRAMME_TARGETS_MET: '达标目标数 = 专项中现值达到目标值的目标数 = targets of the campaign’s programmes that are met',
  PLATES_OPEN: '台账事项中尚未摘牌的挂牌督办数 = listed supervisions that are not delisted yet',
};

async function figure(key: RollupKey, name: FigureName | DatedFigureName, { loaders }: Context): Promise<Figure> {
  const totals = await loaders.figures.load(key);
  return { value: totals.get(name) ?? 0, formula: FORMULAS[name], asOf: key.asOf };
}

const DivisionRollup: DivisionRollupResolvers = {
  __resolveReference: ({ campaignId, divisionCode, asOf }, { viewer }) =>
    isId(campaignId) && DIVISION_CODE.test(divisionCode) && seesDivisionFigures(viewer, divisionCode) ? { campaignId, divisionCode, asOf } : null,
  overdueObligations: (key, _args, context) => figure(key, 'OVERDUE_OBLIGATIONS', context),
  openObligations: (key, _args, context) => figure(key, 'OPEN_OBLIGATIONS', context),
  decisionsOpen: (key, _args, context) => figure(key, 'DECISIONS_OPEN', context),
  inquiriesOpen: (key, _args, context) => figure(key, 'INQUIRIES_OPEN', context),
  inspectionsReported: (key, _args, context) => figure(key, 'INSPECTIONS_REPORTED', context),
  recognisedAfterSampling: (key, _args, context) => figure(key, 'RECOGNISED_AFTER_SAMPLING', context),
  lettersOpen: (key, _args, context) => figure(key, 'LETTERS_OPEN', context),
  lettersOverdue: (key, _args, context) => figure(key, 'LETTERS_OVERDUE', context),
  platesOpen: (key, _args, context) => figure(key, 'PLATES_OPEN', context),
  checklistsOverdue: (key, _args, context) => figure(key, 'CHECKLISTS_OVERDUE', context),
  programmeTargetsMet: (key, _args, context) => figure(key, 'PROGRAMME_TARGETS_MET', context),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  supervisionFigureChanges: ({ id }, args, { sql, viewer }) => pullFigureChanges(sql, viewer, { ...args, campaignId: id }),
};

export const figureResolvers = { DivisionRollup, Campaign };
