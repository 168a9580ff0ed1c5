import { migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Visits that follow from a closing or a repeat have nobody named yet; where it was, that it was offered, what the unit still has to do. */
export const extendFollowUpVisits = migration('ExtendFollowUpVisits1790000031020', `ALTER TABLE follow_up_visits
    MODIFY COLUMN official_id uuid NULL,
    ADD COLUMN origin varchar(12) ${ASCII} NOT NULL DEFAULT 'PLANNED',
    ADD COLUMN place varchar(24) ${ASCII} NULL,
    ADD COLUMN offered_on date NULL,
    ADD COLUMN ended_on date NULL,
    ADD COLUMN left_to_do varchar(24) ${ASCII} NULL,
    ADD COLUMN moved_from_unit_id uuid NULL,
    ADD COLUMN flag_code varchar(24) ${ASCII} NULL`,
  `ALTER TABLE follow_up_visits DROP COLUMN origin, DROP COLUMN place, DROP COLUMN offered_on, DROP COLUMN ended_on, DROP COLUMN left_to_do,
    DROP COLUMN moved_from_unit_id, DROP COLUMN flag_code`);
