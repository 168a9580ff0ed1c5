import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length });
const text = { type: 'text' as const };

const meetingTable = new EntitySchema({
  name: 'Meeting', tableName: 'meetings',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), title: words(200), calling_unit_id: uuid, called_by: uuid, called_on: day, division_code: ascii(12),
    campaign_id: optional(uuid), planned_on: day, place: optional(words(200)), state: ascii(12), held_on: optional(day), minutes: optional(text),
    minutes_due_on: optional(day), minutes_obligation_id: optional(uuid), call_off_reason: optional(words(1000)), version: whole,
  },
  indices: [
    { name: 'ix_meetings_planned_on', columns: ['planned_on', 'id'] },
    { name: 'ix_meetings_division_code', columns: ['division_code', 'planned_on', 'id'] },
    { name: 'ix_meetings_campaign_id', columns: ['campaign_id', 'planned_on', 'id'] },
  ],
});

const meetingAttendeeTable = new EntitySchema({
  name: 'MeetingAttendee', tableName: 'meeting_attendees',
  columns: {
    meeting_id: { ...uuid, primary: true }, party_kind: { ...ascii(8), primary: true }, party_id: { ...uuid, primary: true }, is_present: optional({ type: 'boolean' as const }),
  },
  indices: [{ name: 'ix_meeting_attendees_party', columns: ['party_kind', 'party_id', 'meeting_id'] }],
});

const meetingPointTable = new EntitySchema({
  name: 'MeetingPoint', tableName: 'meeting_points',
  columns: {
    id: { ...uuid, primary: true }, meeting_id: uuid, ordinal: { type: 'smallint' }, title: words(200), case_id: optional(uuid), candidate_id: optional(uuid), record: optional(text),
  },
  indices: [
    { name: 'uq_meeting_points_case', unique: true, columns: ['meeting_id', 'case_id'] },
    { name: 'ix_meeting_points_meeting_id', columns: ['meeting_id', 'ordinal'] },
    { name: 'ix_meeting_points_case_id', columns: ['case_id', 'meeting_id'] },
  ],
});

const meetingDecisionTable = new EntitySchema({
  name: 'MeetingDecision', tableName: 'meeting_decisions',
  columns: {
    id: { ...uuid, primary: true }, meeting_id: uuid, point_id: uuid, ordinal: { type: 'smallint' }, case_id: optional(uuid), text, obligor_unit_id: optional(uuid),
    obligor_official_id: optional(uuid), decided_on: day, due_on: optional(day), obligation_id: optional(uuid), state: ascii(12), report: optional(text),
    evidence_ref: optional(words(200)), reported_on: optional(day), reported_by: optional(uuid), followed_up_on: optional(day), follow_up_note: optional(text), version: whole,
  },
  indices: [
    { name: 'ix_meeting_decisions_decided_on', columns: ['decided_on', 'id'] },
    { name: 'ix_meeting_decisions_meeting_id', columns: ['meeting_id', 'ordinal', 'id'] },
    { name: 'ix_meeting_decisions_case_id', columns: ['case_id', 'decided_on', 'id'] },
    { name: 'ix_meeting_decisions_obligor_unit_id', columns: ['obligor_unit_id', 'decided_on', 'id'] },
  ],
});

export const meetingTables = [meetingTable, meetingAttendeeTable, meetingPointTable, meetingDecisionTable] as const;
