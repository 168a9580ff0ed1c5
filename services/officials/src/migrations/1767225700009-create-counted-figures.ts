import { createTable } from '@anjie/service-kit/database';

export const createCountedFigures = createTable('CreateCountedFigures1767225700009', 'counted_figures', `
  case_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  figure varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  on_date date NOT NULL,
  left_on date NULL,
  PRIMARY KEY (case_id, campaign_id, figure)`);
