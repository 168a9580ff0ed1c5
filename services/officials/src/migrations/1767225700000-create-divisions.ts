import { createTable } from '@anjie/service-kit/database';

export const createDivisions = createTable('CreateDivisions1767225700000', 'divisions', `
  code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name varchar(120) NOT NULL,
  parent_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  valid_to date NULL,
  version bigint NOT NULL DEFAULT 1,
  KEY ix_divisions_parent_code (parent_code)`);
