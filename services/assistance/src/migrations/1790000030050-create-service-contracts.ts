import { createTable } from '@anjie/service-kit/database';

export const createServiceContracts = createTable('CreateServiceContracts1790000030050', 'service_contracts', `
  id uuid NOT NULL PRIMARY KEY,
  unit_id uuid NOT NULL,
  supervising_unit_id uuid NOT NULL,
  provider varchar(200) NOT NULL,
  scope varchar(1000) NOT NULL,
  contract_ref varchar(200) NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  confidentiality_on date NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ended_on date NULL,
  end_reason varchar(1000) NULL,
  signed_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  KEY ix_service_contracts_unit_id (unit_id, from_on),
  KEY ix_service_contracts_supervising_unit_id (supervising_unit_id)`);
