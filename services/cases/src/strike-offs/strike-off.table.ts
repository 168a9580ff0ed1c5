import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalAscii = (length: number) => ({ ...ascii(length), nullable: true });
const words = (nullable: boolean) => ({ type: 'varchar' as const, length: 500, nullable });
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };

export const strikeOffTable = new EntitySchema({
  name: 'StrikeOff', tableName: 'strike_offs',
  columns: {
    id: { type: 'uuid', primary: true }, entry_id: { type: 'uuid' }, active_entry_id: { type: 'uuid', nullable: true }, state: ascii(12), ground: ascii(16),
    reason: words(false), requested_on: day, requested_by: ascii(64), decided_on: optionalDay, decided_by: optionalAscii(64), decision_reason: words(true),
    undone_on: optionalDay, undone_by: optionalAscii(64), undo_ground: optionalAscii(16), undo_reason: words(true), version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_strike_offs_active_entry', unique: true, columns: ['active_entry_id'] },
    { name: 'ix_strike_offs_entry_id', columns: ['entry_id', 'requested_on', 'id'] },
    { name: 'ix_strike_offs_state', columns: ['state', 'requested_on', 'id'] },
  ],
}) as unknown as EntitySchema<never>;
