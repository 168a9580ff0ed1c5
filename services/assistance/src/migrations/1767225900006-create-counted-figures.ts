import { createTable } from '@anjie/service-kit/database';

export const createCountedFigures = createTable('CreateCountedFigures1767225900006', 'counted_figures', `
  case_id uuid NOT NULL,
  figure varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_on date NOT NULL,
  until_on date NULL,
  PRIMARY KEY (case_id, figure, subject_id, campaign_id, division_code)`);
