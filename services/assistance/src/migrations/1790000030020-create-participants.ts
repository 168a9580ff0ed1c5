import { createTable } from '@anjie/service-kit/database';

export const createParticipants = createTable('CreateParticipants1790000030020', 'participants', `
  id uuid NOT NULL PRIMARY KEY,
  kind varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(100) NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  employer varchar(200) NULL,
  employer_unit_id uuid NULL,
  consented_on date NOT NULL,
  valid_from date NOT NULL,
  valid_to date NULL,
  registered_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_participants_division_code_kind (division_code, kind)`);
