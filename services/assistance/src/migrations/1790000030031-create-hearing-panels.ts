import { createTable } from '@anjie/service-kit/database';

export const createHearingPanels = createTable('CreateHearingPanels1790000030031', 'hearing_panels', `
  hearing_id uuid NOT NULL,
  seq int NOT NULL,
  is_chair tinyint(1) NOT NULL,
  official_id uuid NULL,
  expert_id uuid NULL,
  participant_id uuid NULL,
  PRIMARY KEY (hearing_id, seq)`);
