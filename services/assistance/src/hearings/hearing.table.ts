import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };

export const hearingTable = new EntitySchema({
  name: 'Hearing',
  tableName: 'hearings',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, kind: ascii(48), unit_id: uuid, trigger_code: { ...ascii(48), ...nullable }, is_requested: { type: 'boolean' },
    subject: text(1000), state: ascii(12), opened_on: day, opened_by: uuid, answered_on: { ...day, ...nullable }, refusal_reason: { ...text(1000), ...nullable },
    noticed_on: { ...day, ...nullable }, scheduled_on: { ...day, ...nullable }, place: { ...text(200), ...nullable }, is_public: { type: 'boolean', ...nullable },
    held_on: { ...day, ...nullable }, ended_on: { ...day, ...nullable }, concluded_on: { ...day, ...nullable }, opinion: { ...ascii(32), ...nullable },
    suggestion: { ...ascii(32), ...nullable }, opinion_text: { ...text(2000), ...nullable }, minutes_ref: { ...text(200), ...nullable },
    call_off_reason: { ...text(1000), ...nullable }, version: { type: 'int', default: 1 },
  },
  indices: [
    { name: 'ix_hearings_case_id', columns: ['case_id'] },
    { name: 'ix_hearings_unit_id_state', columns: ['unit_id', 'state'] },
  ],
});

export const hearingPanelTable = new EntitySchema({
  name: 'HearingPanel',
  tableName: 'hearing_panels',
  columns: {
    hearing_id: { ...uuid, primary: true }, seq: { type: 'int', primary: true }, is_chair: { type: 'boolean' }, official_id: { ...uuid, ...nullable },
    expert_id: { ...uuid, ...nullable }, participant_id: { ...uuid, ...nullable },
  },
});

export const hearingUnitTable = new EntitySchema({
  name: 'HearingUnit',
  tableName: 'hearing_units',
  columns: { hearing_id: { ...uuid, primary: true }, unit_id: { ...uuid, primary: true } },
});
