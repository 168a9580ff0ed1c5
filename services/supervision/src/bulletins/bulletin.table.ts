import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length: String(length) });

const bulletinTable = new EntitySchema({
  name: 'Bulletin', tableName: 'bulletins',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), division_code: ascii(12), division_prefix: ascii(12), campaign_id: optional(uuid), issuer_unit_id: uuid,
    period_from: day, period_to: day, as_of: day, state: ascii(12), live_key: optional(ascii(120)), number_year: optional({ type: 'smallint' as const }), serial: optional(whole),
    drafted_by: uuid, drafted_on: day, published_by: optional(uuid), published_on: optional(day), withdrawn_by: optional(uuid), withdrawn_on: optional(day),
    withdrawal_reason: optional(words(500)), documents: { type: 'mediumtext', nullable: true }, hash: optional(ascii(64)), version: whole,
  },
  indices: [
    { name: 'uq_bulletins_live_key', unique: true, columns: ['live_key'] },
    { name: 'ix_bulletins_period_from', columns: ['period_from', 'id'] },
    { name: 'ix_bulletins_division_code', columns: ['division_code', 'period_from', 'id'] },
    { name: 'ix_bulletins_campaign_id', columns: ['campaign_id', 'period_from'] },
  ],
});

const bulletinRowTable = new EntitySchema({
  name: 'BulletinRow', tableName: 'bulletin_rows',
  columns: {
    bulletin_id: { ...uuid, primary: true }, ordinal: { ...whole, primary: true }, last_ordinal: whole, division_code: ascii(12), unit_id: optional(uuid),
    unit_code: words(32), name: words(200),
  },
  indices: [{ name: 'ix_bulletin_rows_unit_id', columns: ['unit_id', 'bulletin_id'] }],
});

const bulletinValueTable = new EntitySchema({
  name: 'BulletinValue', tableName: 'bulletin_values',
  columns: { bulletin_id: { ...uuid, primary: true }, ordinal: { ...whole, primary: true }, figure: { ...ascii(32), primary: true }, value: whole, base: whole, is_hidden: { type: 'boolean' } },
});

const bulletinMarkTable = new EntitySchema({
  name: 'BulletinMark', tableName: 'bulletin_marks',
  columns: { bulletin_id: { ...uuid, primary: true }, figure: { ...ascii(32), primary: true }, ordinal: { ...whole, primary: true }, case_id: { ...uuid, primary: true } },
});

const bulletinNoteTable = new EntitySchema({
  name: 'BulletinNote', tableName: 'bulletin_notes',
  columns: { id: { ...uuid, primary: true }, bulletin_id: uuid, section: optional(ascii(48)), words: words(2000), written_by: uuid, written_on: day, written_at: moment },
  indices: [{ name: 'ix_bulletin_notes_bulletin_id', columns: ['bulletin_id', 'written_at', 'id'] }],
});

const bulletinCounterTable = new EntitySchema({
  name: 'BulletinCounter', tableName: 'bulletin_counters',
  columns: { kind: { ...ascii(48), primary: true }, division_code: { ...ascii(12), primary: true }, number_year: { type: 'smallint', primary: true }, last_serial: whole },
});

export const bulletinTables = [bulletinTable, bulletinRowTable, bulletinValueTable, bulletinMarkTable, bulletinNoteTable, bulletinCounterTable] as const;
