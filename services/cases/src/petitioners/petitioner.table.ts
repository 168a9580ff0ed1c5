import { EntitySchema } from 'typeorm';

const sealed = (length: number) => ({ type: 'varbinary' as const, length, nullable: true });
const blindIndex = { type: 'binary' as const, length: 32, nullable: true };

const petitionerTable = new EntitySchema({
  name: 'Petitioner', tableName: 'petitioners',
  columns: {
    id: { type: 'uuid', primary: true }, petition_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, is_principal: { type: 'boolean' },
    name_sealed: sealed(700), id_number_sealed: sealed(200), phone_sealed: sealed(200), address_sealed: sealed(1400),
    id_number_index: blindIndex, phone_index: blindIndex,
  },
  indices: [
    { name: 'uq_petitioners_place', unique: true, columns: ['petition_id', 'ordinal'] },
    { name: 'ix_petitioners_id_number_index', columns: ['id_number_index'] },
    { name: 'ix_petitioners_phone_index', columns: ['phone_index'] },
  ],
});

const dataKeyTable = new EntitySchema({
  name: 'DataKey', tableName: 'data_keys',
  columns: {
    id: { type: 'int', primary: true }, suite: { type: 'varchar', length: 32, charset: 'ascii', collation: 'ascii_bin' },
    wrapped_key: { type: 'varbinary', length: 200 }, created_at: { type: 'datetime', precision: 3 },
  },
});

export const petitionerTables = [petitionerTable, dataKeyTable] as unknown as readonly EntitySchema<never>[];
