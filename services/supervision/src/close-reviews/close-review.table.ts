import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const flag = { type: 'boolean' as const };

const closeReviewTable = new EntitySchema({
  name: 'CloseReview', tableName: 'close_reviews',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, revision: whole, review_division_code: ascii(12), submitted_unit_id: uuid, submitted_by: uuid,
    submitted_on: day, track: ascii(16), proposed_end: ascii(16), reservations: ascii(200), received_at: moment, state: ascii(16),
    first_reviewer_id: optional(uuid), first_unit_id: optional(uuid), examined_on: optional(day), proposal: optional(ascii(8)),
    examination_note: { type: 'text', nullable: true }, second_reviewer_id: optional(uuid), reviewing_unit_id: optional(uuid),
    decided_on: optional(day), is_overruled: optional(flag), decision_reason: { type: 'text', nullable: true },
    reason_codes: { ...ascii(300), default: '' }, other_reason: { type: 'varchar', length: 500, nullable: true }, rectify_by: optional(day),
    obligation_id: optional(uuid), version: whole,
  },
  indices: [
    { name: 'ix_close_reviews_queue', columns: ['state', 'submitted_on', 'id'] },
    { name: 'ix_close_reviews_submitted_on', columns: ['submitted_on', 'id'] },
    { name: 'ix_close_reviews_case_id', columns: ['case_id', 'revision', 'id'] },
    { name: 'ix_close_reviews_submitted_unit_id', columns: ['submitted_unit_id', 'submitted_on'] },
  ],
});

const closeReviewMaterialTable = new EntitySchema({
  name: 'CloseReviewMaterial', tableName: 'close_review_materials',
  columns: {
    review_id: { ...uuid, primary: true }, ordinal: { type: 'smallint', primary: true }, kind: ascii(48), is_present: flag, document_id: optional(uuid),
  },
});

const closeReviewFindingTable = new EntitySchema({
  name: 'CloseReviewFinding', tableName: 'close_review_findings',
  columns: {
    review_id: { ...uuid, primary: true }, item_code: { ...ascii(32), primary: true }, finding: ascii(16), note: { type: 'varchar', length: 500, nullable: true },
  },
});

export const closeReviewTables = [closeReviewTable, closeReviewMaterialTable, closeReviewFindingTable] as const;
