import { migration } from '@anjie/service-kit/database';

/** Aid that was paid before there was a ledger becomes its first entry. */
export const backfillReliefEntries = migration(
  'BackfillReliefEntries1790000030004',
  `INSERT INTO relief_entries (id, application_id, seq, kind, amount, on_date, evidence_ref)
     SELECT UUID(), id, 1, 'PAYMENT', decided_amount, paid_on, evidence_ref FROM assistance_applications WHERE state = 'PAID'`,
  'DELETE FROM relief_entries',
);
