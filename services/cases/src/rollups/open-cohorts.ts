import { selectIn, type Sql } from '@anjie/service-kit/database';

export interface OpenCohorts {
  readonly id: string;
  readonly open: string;
}
/** How many cohorts at or below a campaign are not frozen yet. */
export const openCohortsOf = (sql: Sql, campaignIds: readonly string[]): Promise<OpenCohorts[]> =>
  selectIn<OpenCohorts>(
    sql,
    `SELECT a.ancestor_id AS id, SUM(g.cohort_frozen_on IS NULL) AS open FROM campaign_ancestors a JOIN campaigns g ON g.id = a.campaign_id
      WHERE a.ancestor_id IN (?) GROUP BY a.ancestor_id`,
    campaignIds,
  );
