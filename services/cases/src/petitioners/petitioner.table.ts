import { EntitySchema } from 'typeorm';

const sealed = (length: number) => ({ type: 'varbinary' as const, length, nullable: true });
const optionalAscii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin', nullable: true });
const blindIndex = { type: 'binary' as const, length: 32, nullable: true };

const petitionerTable = new EntitySchema({
  name: 'Petitioner', tableName: 'petitioners',
  columns: {
    id: { type: 'uuid', primary: true }, petition_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, is_principal: { type: 'boolean' },
    name_sealed: sealed(700), id_number_sealed: sealed(200), phone_sealed: sealed(200), address_sealed: sealed(1400),
    id_number_index: blindIndex, phone_index: blindIndex, id_number_index_v2: blindIndex, phone_index_v2: blindIndex, role: optionalAscii(16), id_kind: optionalAscii(16), acts_for_id: { type: 'uuid', nullable: true },
    authority_scope: optionalAscii(100), authority_from: { type: 'date', nullable: true }, authority_to: { type: 'date', nullable: true },
    authority_document: { type: 'varchar', length: 100, nullable: true }, authority_file_id: { type: 'uuid', nullable: true },
  },
  indices: [
    { name: 'uq_petitioners_place', unique: true, columns: ['petition_id', 'ordinal'] },
    { name: 'ix_petitioners_id_number_index', columns: ['id_number_index'] },
    { name: 'ix_petitioners_phone_index', columns: ['phone_index'] },
    { name: 'ix_petitioners_id_number_index_v2', columns: ['id_number_index_v2'] },
    { name: 'ix_petitioners_phone_index_v2', columns: ['phone_index_v2'] },
  ],
});

export const petitionerTables = [petitionerTable] as unknown as readonly EntitySchema<never>[];
