import { createTable } from '@anjie/service-kit/database';

export const createUnits = createTable('CreateUnits1767225700001', 'units', `
  id uuid NOT NULL PRIMARY KEY,
  code varchar(32) COLLATE utf8mb4_bin NOT NULL,
  name varchar(200) NOT NULL,
  kind varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_unit_id uuid NULL,
  successor_unit_id uuid NULL,
  head_official_id uuid NULL,
  valid_from date NOT NULL,
  valid_to date NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_units_code (code),
  KEY ix_units_division_code (division_code),
  KEY ix_units_parent_unit_id (parent_unit_id)`);
