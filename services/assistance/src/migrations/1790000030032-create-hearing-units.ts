import { createTable } from '@anjie/service-kit/database';

export const createHearingUnits = createTable('CreateHearingUnits1790000030032', 'hearing_units', `
  hearing_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  PRIMARY KEY (hearing_id, unit_id)`);
