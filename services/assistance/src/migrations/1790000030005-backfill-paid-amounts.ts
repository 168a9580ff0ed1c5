import { migration } from '@anjie/service-kit/database';

export const backfillPaidAmounts = migration(
  'BackfillPaidAmounts1790000030005',
  `UPDATE assistance_applications SET paid_amount = decided_amount WHERE state = 'PAID'`,
  'UPDATE assistance_applications SET paid_amount = 0.00',
);
