import { createTable } from '@anjie/service-kit/database';

export const createExperts = createTable('CreateExperts1790000030021', 'experts', `
  id uuid NOT NULL PRIMARY KEY,
  pool_division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(100) NOT NULL,
  field varchar(100) NOT NULL,
  employer varchar(200) NULL,
  employer_unit_id uuid NULL,
  consented_on date NOT NULL,
  valid_from date NOT NULL,
  valid_to date NULL,
  registered_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_experts_pool_division_code (pool_division_code)`);
