import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

export const reminderTable = new EntitySchema({
  name: 'Reminder',
  tableName: 'reminders',
  columns: {
    id: { ...uuid, primary: true }, obligation_id: uuid, deadline_id: uuid, deadline_version: whole, case_id: { ...uuid, nullable: true }, recipient_id: uuid,
    recipient_official_id: { ...uuid, nullable: true }, recipient_unit_id: { ...uuid, nullable: true }, reason: ascii(20), kind: ascii(16),
    due_on: day, created_on: day, created_at: moment, read_at: { ...moment, nullable: true },
  },
  indices: [
    { name: 'uq_reminders_recipient', unique: true, columns: ['deadline_id', 'deadline_version', 'recipient_id'] },
    { name: 'ix_reminders_official', columns: ['recipient_official_id', 'created_at'] },
    { name: 'ix_reminders_unit', columns: ['recipient_unit_id', 'created_at'] },
    { name: 'ix_reminders_obligation_id', columns: ['obligation_id', 'created_at'] },
  ],
});
