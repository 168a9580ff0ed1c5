import { EntitySchema } from 'typeorm';
import { day, exactText, flag, id, optionalDay, reference, text, version } from '../directory/columns';

export const officialTable = new EntitySchema({
  name: 'Official', tableName: 'officials',
  columns: { id, staff_no: exactText(32), name: text(100), valid_to: optionalDay, version },
  indices: [{ name: 'uq_officials_staff_no', unique: true, columns: ['staff_no'] }],
});

export const postTable = new EntitySchema({
  name: 'Post', tableName: 'posts',
  columns: { id, official_id: reference, unit_id: reference, title: text(100), is_head: flag, started_on: day, ended_on: optionalDay },
  indices: [
    { name: 'ix_posts_official_id', columns: ['official_id', 'started_on'] },
    { name: 'ix_posts_unit_id', columns: ['unit_id'] },
  ],
});
