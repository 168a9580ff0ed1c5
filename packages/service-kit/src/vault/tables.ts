import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const moment = { type: 'datetime' as const, precision: 3 };
const optionalMoment = { ...moment, nullable: true };

const dataKeyTable = new EntitySchema({
  name: 'DataKey', tableName: 'data_keys',
  columns: {
    id: { type: 'int', primary: true }, suite: ascii(32), wrapped_key: { type: 'varbinary', length: 200, nullable: true }, created_at: moment,
    key_class: { ...ascii(32), default: 'OLD' }, period: { ...ascii(16), default: '' }, wrapped_by: { type: 'binary', length: 8, nullable: true },
    usable_at: optionalMoment, retiring_at: optionalMoment, destroyed_at: optionalMoment,
  },
  indices: [{ name: 'uq_data_keys_period', unique: true, columns: ['key_class', 'period'] }],
});

const keyRotationTable = new EntitySchema({
  name: 'KeyRotation', tableName: 'key_rotations',
  columns: {
    id: { type: 'uuid', primary: true }, key_class: ascii(32), state: ascii(16), step: ascii(64), cursor_id: { type: 'uuid', nullable: true },
    rows_seen: { type: 'bigint', default: 0 }, rows_done: { type: 'bigint', default: 0 }, left_over: { type: 'bigint', default: 0 }, broken: { type: 'bigint', default: 0 }, round: { type: 'int', default: 1 },
    requested_by: ascii(64), requested_at: moment, told_at: optionalMoment, settled_at: optionalMoment, finished_at: optionalMoment, active_class: { ...ascii(32), nullable: true },
  },
  indices: [{ name: 'uq_key_rotations_active', unique: true, columns: ['active_class'] }],
});

export const vaultTables = [dataKeyTable, keyRotationTable] as unknown as readonly EntitySchema<never>[];
