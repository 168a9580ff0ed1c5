import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const explanationSessionTable = new EntitySchema({
  name: 'ExplanationSession',
  tableName: 'explanation_sessions',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, unit_id: uuid, official_id: uuid, kind: ascii(48), topic: text(500), state: ascii(12), offered_on: day, offered_by: uuid,
    answered_on: { ...day, ...nullable }, place: { ...ascii(24), ...nullable }, held_on: { ...day, ...nullable }, explained: { ...text(2000), ...nullable },
    documents: { ...text(2000), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_explanation_sessions_case_id', columns: ['case_id'] },
    { name: 'ix_explanation_sessions_unit_id', columns: ['unit_id', 'offered_on'] },
  ],
});
