import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { CountedFigure } from '../rules/figure-diff';

export const countedFigures = (sql: Sql, obligationIds: readonly string[]): Promise<CountedFigure[]> =>
  selectIn<CountedFigure>(
    sql,
    `SELECT obligation_id AS obligationId, campaign_id AS campaignId, figure, division_code AS divisionCode FROM counted_figures WHERE obligation_id IN (?)`,
    obligationIds,
  );

export async function putCountedFigures(tx: Sql, { remove, add }: { remove: readonly CountedFigure[]; add: readonly CountedFigure[] }): Promise<void> {
  for (const one of remove) {
    await write(tx, 'DELETE FROM counted_figures WHERE obligation_id = ? AND campaign_id = ? AND figure = ?', [one.obligationId, one.campaignId, one.figure]);
  }
  await insertRows(tx, 'counted_figures', add.map((one) => ({
    obligation_id: one.obligationId, campaign_id: one.campaignId, figure: one.figure, division_code: one.divisionCode,
  })));
}
