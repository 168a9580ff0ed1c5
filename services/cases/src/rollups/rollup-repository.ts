import { divisionPrefix } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { figuresAsOf, type RollupKey } from '@anjie/service-kit/figures';
import { LEDGER_FIGURES, type LedgerFigure } from '../campaigns/ledger-writer';
import type { LedgerCounts } from '../rules/stock-and-flow';
import { targetInForce, type DatedTarget, type TargetInForce } from '../rules/targets';

export interface RollupRow extends LedgerCounts {
  /** Of these, in the cohorts. */
  readonly cohortEntered: number;
  readonly cohortResolved: number;
  readonly target: TargetInForce | undefined;
}

interface TargetOfCampaign extends DatedTarget {
  readonly ancestorId: string;
  readonly divisionCode: string;
}

/** All columns of this service for many rows: two statements, however many rows. */
export async function rollupFigures(sql: Sql, keys: readonly RollupKey[]): Promise<RollupRow[]> {
  const campaigns = [...new Set(keys.map((key) => key.campaignId))];
  const figures = await figuresAsOf(sql, LEDGER_FIGURES, keys);
  const targets = await selectIn<TargetOfCampaign>(
    sql,
    `SELECT a.ancestor_id AS ancestorId, g.division_code AS divisionCode, t.campaign_id AS campaignId, t.due_on AS dueOn, t.minimum
       FROM campaign_ancestors a JOIN campaigns g ON g.id = a.campaign_id JOIN campaign_targets t ON t.campaign_id = g.id
      WHERE a.ancestor_id IN (?) AND t.base = 'COHORT' AND t.minimum IS NOT NULL`,
    campaigns,
  );
  return keys.map((key, i) => {
    const prefix = divisionPrefix(key.divisionCode);
    const own = targets.filter((target) => target.ancestorId === key.campaignId && target.divisionCode.startsWith(prefix));
    return { ...countsOf(figures[i]), target: targetInForce(own, key.asOf) };
  });
}

function countsOf(figures: ReadonlyMap<string, number> | undefined) {
  const of = (figure: LedgerFigure): number => figures?.get(figure) ?? 0;
  return {
    entered: of('LEDGER_STOCK'), resolved: of('LEDGER_RESOLVED'), relapsed: of('LEDGER_RELAPSED'), struckOff: of('LEDGER_STRUCK_OFF'), restored: of('LEDGER_RESTORED'),
    cohortEntered: of('LEDGER_STOCK') - of('DAILY_STOCK'), cohortResolved: of('LEDGER_RESOLVED') - of('DAILY_RESOLVED'),
  };
}
