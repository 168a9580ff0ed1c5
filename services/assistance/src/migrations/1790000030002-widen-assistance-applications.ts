import { migration } from '@anjie/service-kit/database';

export const widenAssistanceApplications = migration(
  'WidenAssistanceApplications1790000030002',
  `ALTER TABLE assistance_applications
     MODIFY kind varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     ADD COLUMN decide_by date NULL,
     ADD COLUMN publicised_on date NULL,
     ADD COLUMN is_urgent tinyint(1) NOT NULL DEFAULT 0,
     ADD COLUMN answered_on date NULL,
     ADD COLUMN paid_amount decimal(12,2) NOT NULL`,
  `ALTER TABLE assistance_applications DROP COLUMN paid_amount, DROP COLUMN answered_on, DROP COLUMN is_urgent, DROP COLUMN publicised_on, DROP COLUMN decide_by,
     MODIFY kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`,
);
