import { EntitySchema } from 'typeorm';

export const entryTable = new EntitySchema({
  name: 'SampleEntry',
  tableName: 'sample_entries',
  columns: {
    id: { type: 'uuid', primary: true },
    title: { type: 'varchar', length: 200 },
  },
});
