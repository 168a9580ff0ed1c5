import { createTable } from '@anjie/service-kit/database';

export const createContractDeliverables = createTable('CreateContractDeliverables1790000030051', 'contract_deliverables', `
  id uuid NOT NULL PRIMARY KEY,
  contract_id uuid NOT NULL,
  seq int NOT NULL,
  title varchar(300) NOT NULL,
  due_on date NOT NULL,
  delivered_on date NULL,
  evidence_ref varchar(200) NULL,
  accepted_on date NULL,
  remarks varchar(1000) NULL,
  UNIQUE KEY uq_contract_deliverables_contract_id_seq (contract_id, seq)`);
