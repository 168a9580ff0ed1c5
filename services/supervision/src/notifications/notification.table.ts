import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid } from '../table-columns';

const optionalId = { ...uuid, nullable: true };
const recipient = { recipient_id: uuid, recipient_official_id: optionalId, recipient_unit_id: optionalId };

export const digestTable = new EntitySchema({
  name: 'Digest',
  tableName: 'digests',
  columns: { id: { ...uuid, primary: true }, ...recipient, day, formed_at: moment },
  indices: [{ name: 'uq_digests_morning', unique: true, columns: ['recipient_id', 'day'] }, { name: 'ix_digests_formed_at', columns: ['formed_at'] }],
});

export const notificationTable = new EntitySchema({
  name: 'Notification',
  tableName: 'notifications',
  columns: {
    id: { ...uuid, primary: true }, source: ascii(16), kind: ascii(48), subject_type: ascii(48), subject_id: uuid, occasion: ascii(80), case_id: optionalId, ...recipient,
    due_on: { ...day, nullable: true }, occurred_at: moment, created_on: day, created_at: moment, deliver_at: moment, is_waiting: { type: 'boolean' },
    digest_id: optionalId, reminder_id: optionalId, read_at: { ...moment, nullable: true },
  },
  indices: [
    { name: 'uq_notifications_fact', unique: true, columns: ['source', 'kind', 'subject_id', 'occasion', 'recipient_id'] },
    { name: 'ix_notifications_recipient_id', columns: ['recipient_id', 'created_at'] },
    { name: 'ix_notifications_waiting', columns: ['is_waiting', 'recipient_id', 'deliver_at'] },
    { name: 'ix_notifications_digest_id', columns: ['digest_id', 'created_at'] },
    { name: 'ix_notifications_reminder_id', columns: ['reminder_id'] },
    { name: 'ix_notifications_created_at', columns: ['created_at'] },
  ],
});
