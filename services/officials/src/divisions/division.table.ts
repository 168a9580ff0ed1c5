import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });

export const divisionTable = new EntitySchema({
  name: 'Division',
  tableName: 'divisions',
  columns: {
    code: { ...ascii(12), primary: true },
    name: { type: 'varchar', length: 120 },
    parent_code: { ...ascii(12), nullable: true },
    valid_to: { type: 'date', nullable: true },
    version: { type: 'bigint', default: 1 },
  },
  indices: [{ name: 'ix_divisions_parent_code', columns: ['parent_code'] }],
});
