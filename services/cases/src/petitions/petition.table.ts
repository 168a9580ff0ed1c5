import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });

export const petitionTable = new EntitySchema({
  name: 'Petition', tableName: 'petitions',
  columns: {
    id: { type: 'uuid', primary: true }, number: ascii(40), case_id: { type: 'uuid' }, channel: ascii(16), petitioned_on: { type: 'date' },
    registered_on: { type: 'date' }, registered_unit_id: { type: 'uuid', nullable: true }, title: { type: 'varchar', length: 200 },
    content_sealed: { type: 'mediumblob', nullable: true }, petitioner_count: { type: 'int' }, affected_count: { type: 'int', nullable: true },
    repeat_reason: { ...ascii(24), nullable: true }, disposition: { ...ascii(24), nullable: true },
  },
  indices: [
    { name: 'uq_petitions_number', unique: true, columns: ['number'] },
    { name: 'ix_petitions_case_id', columns: ['case_id', 'registered_on', 'id'] },
    { name: 'ix_petitions_registered_on', columns: ['registered_on', 'id'] },
  ],
}) as unknown as EntitySchema<never>;
