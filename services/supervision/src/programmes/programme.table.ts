import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length: String(length) });
const amount = { type: 'decimal' as const, precision: 14, scale: 2 };

const programmeTable = new EntitySchema({
  name: 'Programme', tableName: 'programmes',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), title: words(200), purpose: optional(words(2000)), division_code: ascii(12), division_prefix: ascii(12), unit_id: uuid,
    campaign_id: optional(uuid), starts_on: day, ends_on: optional(day), state: ascii(12), drafted_by: uuid, drafted_on: day, started_on: optional(day), ended_on: optional(day),
    summary: optional(words(2000)), version: whole,
  },
  indices: [
    { name: 'ix_programmes_starts_on', columns: ['starts_on', 'id'] },
    { name: 'ix_programmes_division_code', columns: ['division_code', 'starts_on'] },
    { name: 'ix_programmes_campaign_id', columns: ['campaign_id', 'starts_on'] },
    { name: 'ix_programmes_unit_id', columns: ['unit_id', 'starts_on'] },
  ],
});

const memberTable = new EntitySchema({
  name: 'ProgrammeMember', tableName: 'programme_members',
  columns: {
    programme_id: { ...uuid, primary: true }, member_key: { ...ascii(40), primary: true }, unit_id: optional(uuid), division_code: optional(ascii(12)), case_id: optional(uuid),
    joined_on: day, left_on: optional(day),
  },
  indices: [
    { name: 'ix_programme_members_unit_id', columns: ['unit_id', 'programme_id'] },
    { name: 'ix_programme_members_division_code', columns: ['division_code', 'programme_id'] },
    { name: 'ix_programme_members_case_id', columns: ['case_id', 'programme_id'] },
  ],
});

const targetTable = new EntitySchema({
  name: 'ProgrammeTarget', tableName: 'programme_targets',
  columns: {
    id: { ...uuid, primary: true }, programme_id: uuid, ordinal: whole, title: words(200), formula: words(500), goal: amount, direction: ascii(8), due_on: optional(day),
    value: optional(amount), as_of: optional(day), met_on: optional(day), version: whole,
  },
  indices: [{ name: 'ix_programme_targets_programme_id', columns: ['programme_id', 'ordinal'] }],
});

const entryTable = new EntitySchema({
  name: 'ProgrammeEntry', tableName: 'programme_entries',
  columns: {
    id: { ...uuid, primary: true }, programme_id: uuid, kind: ascii(12), title: words(200), words: optional(words(2000)), unit_id: optional(uuid), division_code: optional(ascii(12)),
    award_year: optional({ type: 'smallint' as const }), due_on: optional(day), state: ascii(8), settled_on: optional(day), settlement: optional(words(2000)), recorded_by: uuid,
    recorded_on: day, version: whole,
  },
  indices: [
    { name: 'ix_programme_entries_programme_id', columns: ['programme_id', 'recorded_on', 'id'] },
    { name: 'ix_programme_entries_recorded_on', columns: ['recorded_on', 'id'] },
  ],
});

export const programmeTables = [programmeTable, memberTable, targetTable, entryTable] as const;
