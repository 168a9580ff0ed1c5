import { select, selectIn, type Sql } from '@anjie/service-kit/database';

/** Cases that were merged into another: only the other one stands on a ledger. */
export const mergedCaseIds = async (sql: Sql, caseIds: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set((await selectIn<{ id: string }>(sql, 'SELECT active_case_id AS id FROM case_links WHERE active_case_id IN (?)', caseIds)).map((row) => row.id));

/**
 * Cases that a ledger counts already: this campaign's, or one that shares a campaign above with it. A case that two
 * ledgers brought in would be counted twice up there.
 */
export async function caseIdsOnLedger(sql: Sql, campaignId: string, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await selectIn<{ id: string }>(
    sql,
    `SELECT DISTINCT l.case_id AS id FROM ledger_entries l JOIN campaign_ancestors a ON a.campaign_id = l.campaign_id
       JOIN campaign_ancestors own ON own.ancestor_id = a.ancestor_id WHERE l.case_id IN (?) AND own.campaign_id = ?`,
    caseIds,
    [campaignId],
  );
  return new Set(rows.map((row) => row.id));
}

export type DuplicateGround = 'ON_LEDGER' | 'MERGED';

/** 去重: why a case is no candidate, for those that are none. */
export async function duplicatesAmong(sql: Sql, campaignId: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, DuplicateGround>> {
  const onLedger = await caseIdsOnLedger(sql, campaignId, caseIds);
  const merged = await mergedCaseIds(sql, caseIds);
  const grounds = new Map<string, DuplicateGround>([...onLedger].map((id) => [id, 'ON_LEDGER']));
  for (const id of merged) grounds.set(id, 'MERGED');
  return grounds;
}

/** Serial number of the campaign's next batch; the caller holds the campaign's row. */
export const nextOrdinal = async (tx: Sql, campaignId: string): Promise<number> =>
  Number((await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(ordinal), 0) + 1 AS n FROM screening_batches WHERE campaign_id = ?', [campaignId]))[0]?.n ?? 1);
