import { createTable } from '@anjie/service-kit/database';

/** When all open obligations are looked at next, and how far the present round has come. One row. */
export const createDeadlineChecks = createTable('CreateDeadlineChecks1770000010002', 'deadline_checks', `
  id tinyint NOT NULL PRIMARY KEY,
  next_at datetime(3) NOT NULL,
  lease_until datetime(3) NULL,
  holder uuid NULL,
  after_id uuid NULL,
  checked int NOT NULL DEFAULT 0,
  repaired int NOT NULL DEFAULT 0,
  CHECK (id = 1)`);
