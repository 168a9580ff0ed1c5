import { EntitySchema } from 'typeorm';
import { ascii, day, exactText, id, optionalDay, optionalReference, text, version } from '../directory/columns';

export const unitTable = new EntitySchema({
  name: 'Unit', tableName: 'units',
  columns: {
    id, code: exactText(32), name: text(200), kind: ascii(24), division_code: ascii(12), parent_unit_id: optionalReference,
    successor_unit_id: optionalReference, head_official_id: optionalReference, valid_from: day, valid_to: optionalDay, version,
  },
  indices: [
    { name: 'uq_units_code', unique: true, columns: ['code'] },
    { name: 'ix_units_division_code', columns: ['division_code'] },
    { name: 'ix_units_parent_unit_id', columns: ['parent_unit_id'] },
  ],
});
