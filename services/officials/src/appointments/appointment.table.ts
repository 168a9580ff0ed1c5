import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

/** `active_key` names kind and place of a role that one person holds at a time; NULL for others and once it is over. */
export const appointmentTable = new EntitySchema({
  name: 'Appointment', tableName: 'appointments',
  columns: {
    id, kind: ascii(48), official_id: reference, home_unit_id: optionalReference, unit_id: reference, division_code: ascii(12), case_id: optionalReference, campaign_id: optionalReference,
    call_in_minutes: { type: 'smallint', nullable: true }, qualification: { ...text(200), nullable: true }, note: { ...text(200), nullable: true }, starts_on: day, ends_on: optionalDay,
    end_reason: { ...text(200), nullable: true }, successor_id: optionalReference, active_key: { ...ascii(160), nullable: true }, version,
  },
  indices: [
    { name: 'uq_appointments_active_key', unique: true, columns: ['active_key'] },
    { name: 'ix_appointments_unit_id', columns: ['unit_id', 'starts_on'] },
    { name: 'ix_appointments_official_id', columns: ['official_id', 'starts_on'] },
    { name: 'ix_appointments_case_id', columns: ['case_id', 'starts_on'] },
    { name: 'ix_appointments_campaign_id', columns: ['campaign_id', 'starts_on'] },
  ],
});

export const appointmentSlotTable = new EntitySchema({
  name: 'AppointmentSlot', tableName: 'appointment_slots',
  columns: { appointment_id: id, weekday: { type: 'tinyint', primary: true }, starts_at: { ...ascii(5), primary: true }, ends_at: ascii(5) },
});
