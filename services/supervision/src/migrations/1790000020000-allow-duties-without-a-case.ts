import { migration } from '@anjie/service-kit/database';

const optional = (name: string, table: string) =>
  migration(name, `ALTER TABLE ${table} MODIFY case_id uuid NULL`, `ALTER TABLE ${table} MODIFY case_id uuid NOT NULL`);

/** A decision or a suggestion may bind a unit without any case; its reminders and notices have none either. */
export const withoutCaseMigrations = [
  optional('AllowObligationsWithoutCase1790000020000', 'obligations'),
  optional('AllowDeadlinesWithoutCase1790000020001', 'deadlines'),
  optional('AllowRemindersWithoutCase1790000020002', 'reminders'),
  optional('AllowNotificationsWithoutCase1790000020003', 'notifications'),
  migration('AddCampaignToObligations1790000020004', 'ALTER TABLE obligations ADD COLUMN campaign_id uuid NULL', 'ALTER TABLE obligations DROP COLUMN campaign_id'),
];
