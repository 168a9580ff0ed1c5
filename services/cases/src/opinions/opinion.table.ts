import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const optionalDay = { type: 'date' as const, nullable: true };

const opinionTable = new EntitySchema({
  name: 'Opinion', tableName: 'opinions',
  columns: {
    id, case_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, stage: ascii(16), unit_id: { type: 'uuid' }, document_id: { type: 'uuid' },
    outcome: { ...ascii(16), nullable: true }, facts_sealed: { type: 'mediumblob' }, is_supporting: { type: 'boolean' }, issued_on: { type: 'date' },
    delivered_on: optionalDay, revoked_on: optionalDay,
  },
  indices: [
    { name: 'uq_opinions_place', unique: true, columns: ['case_id', 'ordinal'] },
    { name: 'uq_opinions_document', unique: true, columns: ['document_id'] },
  ],
});

const responseTable = new EntitySchema({
  name: 'ClaimResponse', tableName: 'claim_responses',
  columns: {
    id, opinion_id: { type: 'uuid' }, claim_id: { type: 'uuid' }, result: ascii(16), answer_sealed: { type: 'blob' }, basis: { type: 'varchar', length: 300 },
  },
  indices: [{ name: 'uq_claim_responses_claim', unique: true, columns: ['opinion_id', 'claim_id'] }],
});

export const opinionTables = [opinionTable, responseTable] as unknown as readonly EntitySchema<never>[];
