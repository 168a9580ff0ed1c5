import { createTable } from '@anjie/service-kit/database';

export const createCountedFigures = createTable('CreateCountedFigures1767225800007', 'counted_figures', `
  obligation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  figure varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (obligation_id, campaign_id, figure)`);
