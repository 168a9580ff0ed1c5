import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length: String(length) });

const reviewTable = new EntitySchema({
  name: 'DecisionReview', tableName: 'decision_reviews',
  columns: {
    id: { ...uuid, primary: true }, title: words(200), subject: words(1000), unit_id: uuid, division_code: ascii(12), decided_on: optional(day), opinion: ascii(24),
    opinion_words: words(2000), reviewed_on: day, reviewer_unit_id: uuid, recorded_by: uuid, version: whole,
  },
  indices: [
    { name: 'ix_decision_reviews_reviewed_on', columns: ['reviewed_on', 'id'] },
    { name: 'ix_decision_reviews_unit_id', columns: ['unit_id', 'reviewed_on'] },
  ],
});

const measureTable = new EntitySchema({
  name: 'DecisionMeasure', tableName: 'decision_measures',
  columns: {
    id: { ...uuid, primary: true }, decision_review_id: uuid, ordinal: whole, title: words(500), unit_id: uuid, due_on: day, done_on: optional(day), evidence: optional(words(1000)),
  },
  indices: [{ name: 'ix_decision_measures_decision_review_id', columns: ['decision_review_id', 'ordinal'] }],
});

const linkTable = new EntitySchema({
  name: 'DecisionCase', tableName: 'decision_cases',
  columns: { decision_review_id: { ...uuid, primary: true }, case_id: { ...uuid, primary: true }, linked_by: uuid, linked_on: day },
  indices: [{ name: 'ix_decision_cases_case_id', columns: ['case_id', 'decision_review_id'] }],
});

export const decisionReviewTables = [reviewTable, measureTable, linkTable] as const;
