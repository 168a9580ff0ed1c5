import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length });
const text = { type: 'text' as const };
const flag = { type: 'boolean' as const };

const inquiryTable = new EntitySchema({
  name: 'Inquiry', tableName: 'inquiries',
  columns: {
    id: { ...uuid, primary: true }, request_id: uuid, case_id: uuid, division_code: ascii(12), traced_unit_id: uuid, conducting_unit_id: uuid, opened_on: day, opened_by: uuid,
    due_on: day, obligation_id: uuid, state: ascii(12), reply_until: optional(day), result: optional(ascii(12)), conclusion: optional(text), instrument_kind: optional(ascii(48)),
    proposed_by: optional(uuid), proposed_on: optional(day), confirmed_by: optional(uuid), concluded_on: optional(day), return_reason: optional(text), appeal_until: optional(day),
    appealed_by: optional(uuid), appealed_on: optional(day), appeal: optional(text), appeal_unit_id: optional(uuid), appeal_due_on: optional(day),
    appeal_obligation_id: optional(uuid), appeal_decided_by: optional(uuid), appeal_decided_on: optional(day), appeal_result: optional(ascii(12)), appeal_reason: optional(text),
    version: whole,
  },
  indices: [
    { name: 'uq_inquiries_request_id', unique: true, columns: ['request_id'] },
    { name: 'ix_inquiries_opened_on', columns: ['opened_on', 'id'] },
    { name: 'ix_inquiries_case_id', columns: ['case_id', 'opened_on', 'id'] },
    { name: 'ix_inquiries_traced_unit_id', columns: ['traced_unit_id', 'opened_on', 'id'] },
  ],
});

const stepTable = new EntitySchema({
  name: 'InquiryStep', tableName: 'inquiry_steps',
  columns: {
    id: { ...uuid, primary: true }, inquiry_id: uuid, ordinal: whole, source: ascii(16), source_id: optional(uuid), code: ascii(48), unit_id: optional(uuid),
    official_id: optional(uuid), official_ground: optional(ascii(8)), started_on: day, due_on: optional(day), actual_on: optional(day), is_late: flag,
  },
  indices: [{ name: 'ix_inquiry_steps_inquiry_id', columns: ['inquiry_id', 'ordinal', 'id'] }],
});

const findingTable = new EntitySchema({
  name: 'InquiryFinding', tableName: 'inquiry_findings',
  columns: {
    id: { ...uuid, primary: true }, inquiry_id: uuid, ordinal: whole, ground: ascii(32), unit_id: uuid, official_id: optional(uuid), responsibility: ascii(20), occurred_on: day,
    text, evidence_ref: words(200), recorded_by: uuid, sent_on: optional(day), reply: optional(text), replied_by: optional(uuid), replied_on: optional(day), stands: optional(flag),
  },
  indices: [
    { name: 'ix_inquiry_findings_inquiry_id', columns: ['inquiry_id', 'ordinal'] },
    { name: 'ix_inquiry_findings_official_id', columns: ['official_id', 'inquiry_id'] },
    { name: 'ix_inquiry_findings_unit_id', columns: ['unit_id', 'inquiry_id'] },
  ],
});

const objectionTable = new EntitySchema({
  name: 'InquiryObjection', tableName: 'inquiry_objections',
  columns: {
    id: { ...uuid, primary: true }, inquiry_id: uuid, official_id: uuid, objected_on: day, text: words(2000), evidence_ref: words(200), recorded_by: uuid, recorded_on: day,
  },
  indices: [{ name: 'ix_inquiry_objections_inquiry_id', columns: ['inquiry_id', 'objected_on', 'id'] }],
});

export const inquiryTables = [inquiryTable, stepTable, findingTable, objectionTable] as const;
