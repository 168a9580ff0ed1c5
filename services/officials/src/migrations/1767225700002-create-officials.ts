import { createTable } from '@anjie/service-kit/database';

export const createOfficials = createTable('CreateOfficials1767225700002', 'officials', `
  id uuid NOT NULL PRIMARY KEY,
  staff_no varchar(32) COLLATE utf8mb4_bin NOT NULL,
  name varchar(100) NOT NULL,
  valid_to date NULL,
  version bigint NOT NULL DEFAULT 1,
  UNIQUE KEY uq_officials_staff_no (staff_no)`);
