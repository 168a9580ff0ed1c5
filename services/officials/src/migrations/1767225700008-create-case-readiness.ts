import { createTable } from '@anjie/service-kit/database';

export const createCaseReadiness = createTable('CreateCaseReadiness1767225700008', 'case_readiness', `
  case_id uuid NOT NULL PRIMARY KEY,
  known_on date NOT NULL,
  is_sponsored tinyint(1) NOT NULL DEFAULT 0,
  is_complete tinyint(1) NOT NULL DEFAULT 0,
  computed_at datetime(3) NOT NULL`);
