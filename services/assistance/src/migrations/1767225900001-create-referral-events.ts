import { createTable } from '@anjie/service-kit/database';

export const createReferralEvents = createTable('CreateReferralEvents1767225900001', 'referral_events', `
  referral_id uuid NOT NULL,
  seq int NOT NULL,
  from_state varchar(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  to_state varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  by_official_id uuid NULL,
  unit_id uuid NULL,
  at datetime(3) NOT NULL,
  note varchar(2000) NULL,
  PRIMARY KEY (referral_id, seq)`);
