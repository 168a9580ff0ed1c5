import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const serviceContractTable = new EntitySchema({
  name: 'ServiceContract',
  tableName: 'service_contracts',
  columns: {
    id: { ...uuid, primary: true }, unit_id: uuid, supervising_unit_id: uuid, provider: text(200), scope: text(1000), contract_ref: text(200), from_on: day, to_on: day,
    confidentiality_on: day, state: ascii(12), ended_on: { ...day, ...nullable }, end_reason: { ...text(1000), ...nullable }, signed_by: uuid, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_service_contracts_unit_id', columns: ['unit_id', 'from_on'] },
    { name: 'ix_service_contracts_supervising_unit_id', columns: ['supervising_unit_id'] },
  ],
});

export const contractDeliverableTable = new EntitySchema({
  name: 'ContractDeliverable',
  tableName: 'contract_deliverables',
  columns: {
    id: { ...uuid, primary: true }, contract_id: uuid, seq: { type: 'int' }, title: text(300), due_on: day, delivered_on: { ...day, ...nullable },
    evidence_ref: { ...text(200), ...nullable }, accepted_on: { ...day, ...nullable }, remarks: { ...text(1000), ...nullable },
  },
  indices: [{ name: 'uq_contract_deliverables_contract_id_seq', unique: true, columns: ['contract_id', 'seq'] }],
});
