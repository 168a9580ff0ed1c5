import { createHash } from 'node:crypto';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';

export interface CohortCheck {
  readonly id: string;
  readonly isSame: boolean;
}

interface Member {
  readonly campaignId: string;
  readonly caseId: string;
}
const membersOf = (sql: Sql, campaignIds: readonly string[]): Promise<Member[]> =>
  selectIn<Member>(sql, "SELECT campaign_id AS campaignId, case_id AS caseId FROM ledger_entries WHERE campaign_id IN (?) AND cohort = 'CAMPAIGN'", campaignIds);

const hashOf = (members: readonly Member[]): Buffer => createHash('sha256').update(members.map((member) => member.caseId).sort().join('\n')).digest();

/** The cohort of a campaign's own ledger as it stands now. */
export async function cohortOf(sql: Sql, campaignId: string): Promise<{ readonly hash: Buffer; readonly size: number }> {
  const members = await membersOf(sql, [campaignId]);
  return { hash: hashOf(members), size: members.length };
}

/** Frozen cohorts hashed again from the ledgers; two statements, however many campaigns. An open one has nothing to check. */
export async function cohortChecks(sql: Sql, campaignIds: readonly string[]): Promise<CohortCheck[]> {
  const frozen = await selectIn<{ id: string; hash: Buffer; size: number }>(
    sql, 'SELECT id, cohort_hash AS hash, cohort_size AS size FROM campaigns WHERE id IN (?) AND cohort_frozen_on IS NOT NULL', campaignIds,
  );
  const members = groupBy(await membersOf(sql, frozen.map((campaign) => campaign.id)), (member) => member.campaignId);
  return frozen.map(({ id, hash, size }) => {
    const now = members.get(id) ?? [];
    return { id, isSame: now.length === size && hashOf(now).equals(hash) };
  });
}
