import { divisionPrefix } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { figuresAsOf, type RollupKey } from '@anjie/service-kit/figures';
import { targetInForce, type DatedTarget, type TargetInForce } from '../rules/targets';

export interface RollupRow {
  readonly stock: number;
  readonly resolved: number;
  readonly target: TargetInForce | undefined;
}

interface TargetOfCampaign extends DatedTarget {
  readonly ancestorId: string;
  readonly divisionCode: string;
}

/** All columns of this service for many rows: two statements, however many rows. */
export async function rollupFigures(sql: Sql, keys: readonly RollupKey[]): Promise<RollupRow[]> {
  const campaigns = [...new Set(keys.map((key) => key.campaignId))];
  const figures = await figuresAsOf(sql, ['LEDGER_STOCK', 'LEDGER_RESOLVED'], keys);
  const targets = await selectIn<TargetOfCampaign>(
    sql,
    `SELECT a.ancestor_id AS ancestorId, g.division_code AS divisionCode, t.campaign_id AS campaignId, t.due_on AS dueOn, t.minimum
       FROM campaign_ancestors a JOIN campaigns g ON g.id = a.campaign_id JOIN campaign_targets t ON t.campaign_id = g.id
      WHERE a.ancestor_id IN (?) AND t.minimum IS NOT NULL`,
    campaigns,
  );
  return keys.map((key, i) => {
    const prefix = divisionPrefix(key.divisionCode);
    const own = targets.filter((target) => target.ancestorId === key.campaignId && target.divisionCode.startsWith(prefix));
    return {
      stock: figures[i]?.get('LEDGER_STOCK') ?? 0,
      resolved: figures[i]?.get('LEDGER_RESOLVED') ?? 0,
      target: targetInForce(own, key.asOf),
    };
  });
}
