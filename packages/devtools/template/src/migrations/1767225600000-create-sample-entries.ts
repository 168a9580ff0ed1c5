import { createTable } from '@anjie/service-kit/database';

export const createSampleEntries = createTable('CreateSampleEntries1767225600000', 'sample_entries', `
  id uuid NOT NULL PRIMARY KEY,
  title varchar(200) NOT NULL`);
