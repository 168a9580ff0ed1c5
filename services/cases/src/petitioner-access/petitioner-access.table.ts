import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const optionalId = { type: 'uuid' as const, nullable: true };
const optionalDay = { type: 'date' as const, nullable: true };
const instant = { type: 'datetime' as const, precision: 3 };

const accessTable = new EntitySchema({
  name: 'PetitionAccess', tableName: 'petition_access',
  columns: { petition_id: id, query_code: ascii(12), generation: { type: 'int' } },
  indices: [{ name: 'uq_petition_access_query_code', unique: true, columns: ['query_code'] }],
});

const attemptTable = new EntitySchema({
  name: 'AccessAttempt', tableName: 'access_attempts',
  columns: {
    subject: { type: 'binary', length: 32, primary: true }, failures: { type: 'int' }, locks: { type: 'int' }, since: instant,
    locked_until: { ...instant, nullable: true },
  },
  indices: [{ name: 'ix_access_attempts_since', columns: ['since'] }],
});

const ratingTable = new EntitySchema({
  name: 'MatterRating', tableName: 'matter_ratings',
  columns: {
    id, case_id: { type: 'uuid' }, round_id: { type: 'uuid' }, office: ascii(16), value: ascii(24), comment_sealed: { type: 'mediumblob', nullable: true },
    is_proxy: { type: 'boolean' }, rated_on: { type: 'date' }, recorded_by: ascii(64),
  },
  indices: [
    { name: 'uq_matter_ratings_round', unique: true, columns: ['round_id', 'office', 'is_proxy'] },
    { name: 'ix_matter_ratings_case_id', columns: ['case_id'] },
  ],
});

const complaintTable = new EntitySchema({
  name: 'RetaliationComplaint', tableName: 'retaliation_complaints',
  columns: {
    id, petition_id: { type: 'uuid' }, case_id: { type: 'uuid' }, office: ascii(16), accused_unit_id: optionalId, bar: ascii(12), submitted_on: { type: 'date' },
    text_sealed: { type: 'mediumblob' }, state: ascii(16), outcome: { ...ascii(16), nullable: true }, answered_on: optionalDay, answered_by: { ...ascii(64), nullable: true },
    answered_unit_id: optionalId, note_sealed: { type: 'mediumblob', nullable: true }, version: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_retaliation_complaints_bar', columns: ['bar', 'submitted_on', 'id'] },
    { name: 'ix_retaliation_complaints_petition_id', columns: ['petition_id', 'submitted_on'] },
  ],
});

export const petitionerAccessTables = [accessTable, attemptTable, ratingTable, complaintTable] as unknown as readonly EntitySchema<never>[];
