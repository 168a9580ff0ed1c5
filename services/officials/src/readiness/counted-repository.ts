import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { LedgerOfCase } from '@anjie/service-kit/facts';
import type { CountedFigure } from '../rules/counted-figures';

/** Every ledger that has the case, those that removed it included. */
export const allLedgersOf = (sql: Sql, caseIds: readonly string[]): Promise<LedgerOfCase[]> =>
  selectIn<LedgerOfCase>(
    sql,
    `SELECT case_id AS caseId, campaign_id AS campaignId, division_code AS divisionCode, entered_on AS enteredOn, removed_on AS removedOn
       FROM case_ledgers WHERE case_id IN (?)`,
    caseIds,
  );

export interface CountedOfCase extends CountedFigure {
  readonly caseId: string;
}

export const countedOf = (sql: Sql, caseIds: readonly string[]): Promise<CountedOfCase[]> =>
  selectIn<CountedOfCase>(
    sql,
    `SELECT case_id AS caseId, campaign_id AS campaignId, figure, division_code AS divisionCode, on_date AS \`on\`, left_on AS leftOn
       FROM counted_figures WHERE case_id IN (?)`,
    caseIds,
  );

/** Replaces what is recorded as counted for these cases. */
export async function replaceCounted(tx: Sql, caseIds: readonly string[], counted: readonly CountedOfCase[]): Promise<void> {
  await write(tx, 'DELETE FROM counted_figures WHERE case_id IN (?)', [caseIds]);
  await insertRows(tx, 'counted_figures', counted.map((c) => ({
    case_id: c.caseId, campaign_id: c.campaignId, figure: c.figure, division_code: c.divisionCode, on_date: c.on, left_on: c.leftOn,
  })));
}
