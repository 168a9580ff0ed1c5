import { createTable } from '@anjie/service-kit/database';

export const createReferralReceipts = createTable('CreateReferralReceipts1767225900002', 'referral_receipts', `
  referral_id uuid NOT NULL PRIMARY KEY,
  to_unit_id uuid NOT NULL,
  delivered_at datetime(3) NOT NULL`);
