import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalFlag, optionalReference, reference, text, version } from '../directory/columns';

/** `on_date` is the day that counts: held, or while it is not, planned. */
export const activityTable = new EntitySchema({
  name: 'Activity', tableName: 'activities',
  columns: {
    id, kind: ascii(48), state: ascii(12), unit_id: reference, division_code: ascii(12), title: text(200), place: { ...text(200), nullable: true }, on_date: day, planned_on: day,
    starts_at: { ...ascii(5), nullable: true }, ends_at: { ...ascii(5), nullable: true }, campaign_id: optionalReference, programme_id: optionalReference,
    program_tag: { ...text(100), nullable: true }, published_on: optionalDay, held_on: optionalDay, outcome: { type: 'text', nullable: true }, text_key: { ...ascii(64), nullable: true },
    contact_offered: optionalFlag, contact_answer: { ...ascii(12), nullable: true }, call_off_reason: { ...text(500), nullable: true }, planned_by: ascii(64), version,
  },
  indices: [
    { name: 'ix_activities_unit_id', columns: ['unit_id', 'on_date'] },
    { name: 'ix_activities_division_code', columns: ['division_code', 'on_date'] },
    { name: 'ix_activities_campaign_id', columns: ['campaign_id', 'on_date'] },
  ],
});

export const activityOfficialTable = new EntitySchema({
  name: 'ActivityOfficial', tableName: 'activity_officials',
  columns: { activity_id: id, official_id: id, part: ascii(12) },
  indices: [{ name: 'ix_activity_officials_official_id', columns: ['official_id'] }],
});

export const activityCaseTable = new EntitySchema({
  name: 'ActivityCase', tableName: 'activity_cases',
  columns: { activity_id: id, case_id: id },
  indices: [{ name: 'ix_activity_cases_case_id', columns: ['case_id'] }],
});
