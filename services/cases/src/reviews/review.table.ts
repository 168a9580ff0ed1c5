import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const day = { type: 'date' as const };

const reviewTable = new EntitySchema({
  name: 'Review', tableName: 'reviews',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, kind: ascii(16), of_opinion_id: { type: 'uuid' }, organ_unit_id: { type: 'uuid' },
    requested_on: day, reasons: { type: 'varchar', length: 2000, nullable: true }, outcome: { ...ascii(16), nullable: true },
    opinion_id: { type: 'uuid', nullable: true }, redo_by: { ...day, nullable: true }, version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_reviews_opinion', unique: true, columns: ['kind', 'of_opinion_id'] },
    { name: 'ix_reviews_case_id', columns: ['case_id', 'requested_on', 'id'] },
  ],
});

const hearingTable = new EntitySchema({
  name: 'ReviewHearing', tableName: 'review_hearings',
  columns: { review_id: { type: 'uuid', primary: true }, from_on: { ...day, primary: true }, to_on: day },
});

export const reviewTables = [reviewTable, hearingTable] as unknown as readonly EntitySchema<never>[];
