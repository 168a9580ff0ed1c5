import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const reference = { type: 'uuid' as const };
const day = { type: 'date' as const };

const closingOpinionTable = new EntitySchema({
  name: 'ClosingOpinion', tableName: 'closing_opinions',
  columns: {
    opinion_id: { ...reference, primary: true }, case_id: reference, official_id: reference, capacity: ascii(16),
    is_agreed: { type: 'boolean' }, signed_on: day, withdrawn_on: { ...day, nullable: true },
  },
  indices: [{ name: 'ix_closing_opinions_case_id', columns: ['case_id', 'signed_on', 'opinion_id'] }],
});

export const closingFactTables = [closingOpinionTable] as unknown as readonly EntitySchema<never>[];
