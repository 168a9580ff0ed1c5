import { EntitySchema } from 'typeorm';

/** One row: whoever changes the directory holds it until commit, so that two changes of the unit tree never cross. */
export const directoryEditTable = new EntitySchema({
  name: 'DirectoryEdit', tableName: 'directory_edits',
  columns: { id: { type: 'tinyint', primary: true }, edits: { type: 'bigint' } },
});
