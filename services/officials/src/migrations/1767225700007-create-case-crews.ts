import { createTable } from '@anjie/service-kit/database';

export const createCaseCrews = createTable('CreateCaseCrews1767225700007', 'case_crews', `
  case_id uuid NOT NULL PRIMARY KEY,
  version bigint NOT NULL`);
