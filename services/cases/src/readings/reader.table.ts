import { EntitySchema } from 'typeorm';

/** One row for each official who reads identity data: held while a reading is counted. */
export const readerTable = new EntitySchema({
  name: 'Reader', tableName: 'readers',
  columns: { reader: { type: 'varchar', length: '64', charset: 'ascii', collation: 'ascii_bin', primary: true } },
}) as unknown as EntitySchema<never>;
