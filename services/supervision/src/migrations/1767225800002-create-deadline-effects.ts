import { createTable } from '@anjie/service-kit/database';

export const createDeadlineEffects = createTable('CreateDeadlineEffects1767225800002', 'deadline_effects', `
  deadline_id uuid NOT NULL,
  version int NOT NULL,
  fired_at datetime(3) NOT NULL,
  PRIMARY KEY (deadline_id, version)`);
