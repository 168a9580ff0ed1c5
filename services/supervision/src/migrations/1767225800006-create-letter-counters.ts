import { createTable } from '@anjie/service-kit/database';

export const createLetterCounters = createTable('CreateLetterCounters1767225800006', 'letter_counters', `
  unit_id uuid NOT NULL,
  number_year smallint NOT NULL,
  last_serial int NOT NULL,
  PRIMARY KEY (unit_id, number_year)`);
