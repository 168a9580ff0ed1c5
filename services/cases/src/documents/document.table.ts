import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const optionalId = { type: 'uuid' as const, nullable: true };
const optionalDay = { type: 'date' as const, nullable: true };

const documentTable = new EntitySchema({
  name: 'Document', tableName: 'documents',
  columns: {
    id, case_id: { type: 'uuid' }, kind: ascii(24), number: { type: 'varchar', length: 60 }, issuer_unit_id: { type: 'uuid' }, addressee: ascii(16),
    addressee_unit_id: optionalId, issued_on: { type: 'date' }, issued_by: ascii(64), template_version: ascii(16),
    body_sealed: { type: 'mediumblob' }, body_sha256: { type: 'binary', length: 32 },
  },
  indices: [
    { name: 'uq_documents_number', unique: true, columns: ['issuer_unit_id', 'number'] },
    { name: 'ix_documents_case_id', columns: ['case_id', 'issued_on', 'id'] },
  ],
});

const deliveryTable = new EntitySchema({
  name: 'Delivery', tableName: 'deliveries',
  columns: {
    id, document_id: { type: 'uuid' }, case_id: { type: 'uuid' }, method: ascii(16), sent_on: { type: 'date' }, sent_by: ascii(64),
    outcome: { ...ascii(16), nullable: true }, received_on: optionalDay, proof_note: { type: 'varchar', length: 500, nullable: true },
    proof_attachment_id: optionalId, proved_by: { ...ascii(64), nullable: true }, proved_document_id: optionalId, version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_deliveries_proved', unique: true, columns: ['proved_document_id'] },
    { name: 'ix_deliveries_document_id', columns: ['document_id', 'sent_on', 'id'] },
  ],
});

export const documentTables = [documentTable, deliveryTable] as unknown as readonly EntitySchema<never>[];
