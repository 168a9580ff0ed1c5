import { EntitySchema } from 'typeorm';
import { ascii, day, exactText, flag, id, optionalDay, reference, text, version } from '../directory/columns';

export const officialTable = new EntitySchema({
  name: 'Official', tableName: 'officials',
  columns: {
    id, staff_no: exactText(32), name: text(100), valid_to: optionalDay, version,
    sessions_valid_after: { type: 'datetime', precision: 3, nullable: true }, is_post_told: flag,
  },
  indices: [
    { name: 'uq_officials_staff_no', unique: true, columns: ['staff_no'] },
    { name: 'ix_officials_is_post_told', columns: ['is_post_told'] },
  ],
});

export const postTable = new EntitySchema({
  name: 'Post', tableName: 'posts',
  columns: { id, official_id: reference, unit_id: reference, title: text(100), is_head: flag, started_on: day, ended_on: optionalDay, kind: { ...ascii(12), default: 'PRIMARY' } },
  indices: [
    { name: 'ix_posts_official_id', columns: ['official_id', 'started_on'] },
    { name: 'ix_posts_unit_id', columns: ['unit_id'] },
  ],
});
