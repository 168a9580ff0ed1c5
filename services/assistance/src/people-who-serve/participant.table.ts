import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const serving = {
  name: text(100), employer: { ...text(200), nullable: true }, employer_unit_id: { ...uuid, nullable: true }, consented_on: day, valid_from: day,
  valid_to: { ...day, nullable: true }, registered_by: uuid, version: { type: 'int' as const, default: 1 },
};

export const participantTable = new EntitySchema({
  name: 'Participant',
  tableName: 'participants',
  columns: { id: { ...uuid, primary: true }, kind: ascii(48), division_code: ascii(12), ...serving },
  indices: [{ name: 'ix_participants_division_code_kind', columns: ['division_code', 'kind'] }],
});

export const expertTable = new EntitySchema({
  name: 'Expert',
  tableName: 'experts',
  columns: { id: { ...uuid, primary: true }, pool_division_code: ascii(12), field: text(100), ...serving },
  indices: [{ name: 'ix_experts_pool_division_code', columns: ['pool_division_code'] }],
});
