import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length: String(length) });

const assessmentTable = new EntitySchema({
  name: 'Assessment', tableName: 'assessments',
  columns: {
    id: { ...uuid, primary: true }, scheme: ascii(48), division_code: ascii(12), division_prefix: ascii(12), assessed_year: { type: 'smallint' }, revision: whole, as_of: day,
    state: ascii(12), issuer_unit_id: uuid, computed_by: uuid, computed_on: day, comment_until: day, published_by: optional(uuid), published_on: optional(day),
    remark: optional(words(2000)), version: whole,
  },
  indices: [
    { name: 'uq_assessments_revision', unique: true, columns: ['scheme', 'division_code', 'assessed_year', 'revision'] },
    { name: 'ix_assessments_division_code', columns: ['division_code', 'assessed_year', 'id'] },
    { name: 'ix_assessments_assessed_year', columns: ['assessed_year', 'id'] },
  ],
});

const resultTable = new EntitySchema({
  name: 'AssessmentResult', tableName: 'assessment_results',
  columns: {
    id: { ...uuid, primary: true }, assessment_id: uuid, ordinal: whole, unit_id: uuid, total: optional(whole), comment: optional(words(2000)), commented_by: optional(uuid),
    commented_on: optional(day), version: whole,
  },
  indices: [
    { name: 'uq_assessment_results_unit', unique: true, columns: ['assessment_id', 'unit_id'] },
    { name: 'ix_assessment_results_unit_id', columns: ['unit_id'] },
  ],
});

const scoreTable = new EntitySchema({
  name: 'AssessmentScore', tableName: 'assessment_scores',
  columns: { result_id: { ...uuid, primary: true }, item_code: { ...ascii(48), primary: true }, value: whole, base: whole, score: optional(whole) },
});

const commendationTable = new EntitySchema({
  name: 'Commendation', tableName: 'commendations',
  columns: {
    id: { ...uuid, primary: true }, assessment_id: optional(uuid), unit_id: optional(uuid), official_id: optional(uuid), division_code: ascii(12), division_prefix: ascii(12),
    title: words(200), reason: words(1000), document_number: optional(words(100)), commended_on: day, issuer_unit_id: uuid, recorded_by: uuid, recorded_on: day,
  },
  indices: [
    { name: 'ix_commendations_commended_on', columns: ['commended_on', 'id'] },
    { name: 'ix_commendations_unit_id', columns: ['unit_id', 'commended_on'] },
    { name: 'ix_commendations_official_id', columns: ['official_id', 'commended_on'] },
  ],
});

export const assessmentTables = [assessmentTable, resultTable, scoreTable, commendationTable] as const;
