import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

export const ladderSuggestionTable = new EntitySchema({
  name: 'LadderSuggestion',
  tableName: 'ladder_suggestions',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, unit_id: uuid, rung: { type: 'tinyint' }, office_unit_id: uuid, suggested_on: day, state: ascii(12),
    reason: { type: 'varchar', length: 1000, nullable: true }, settled_on: { ...day, nullable: true }, settled_by: { ...uuid, nullable: true }, version: whole,
  },
  indices: [
    { name: 'uq_ladder_suggestions_rung', unique: true, columns: ['case_id', 'unit_id', 'rung'] },
    { name: 'ix_ladder_suggestions_suggested_on', columns: ['suggested_on', 'id'] },
    { name: 'ix_ladder_suggestions_unit_id', columns: ['unit_id', 'suggested_on'] },
  ],
});
