import { migration, type Migration } from '@anjie/service-kit/database';

/** What a plan wants to reach, in its own words. */
export const campaignGoalMigrations: readonly Migration[] = [
  migration('AddGoalsToCampaigns1790000040000', "ALTER TABLE campaigns ADD COLUMN goals text NOT NULL DEFAULT '[]'", 'ALTER TABLE campaigns DROP COLUMN goals'),
];
