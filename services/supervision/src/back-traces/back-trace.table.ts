import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

export const backTraceTable = new EntitySchema({
  name: 'BackTraceRequest', tableName: 'back_trace_requests',
  columns: {
    id: { ...uuid, primary: true }, case_id: uuid, division_code: ascii(12), traced_unit_id: uuid, petition_id: uuid,
    close_review_id: { ...uuid, nullable: true }, closed_on: day, repeated_on: day, is_within_watch: { type: 'boolean' }, requested_on: day,
    inquiry_unit_id: { ...uuid, nullable: true }, due_on: day, obligation_id: { ...uuid, nullable: true }, state: ascii(16),
    decided_by: { ...uuid, nullable: true }, deciding_unit_id: { ...uuid, nullable: true }, decided_on: { ...day, nullable: true },
    decision_reason: { type: 'text', nullable: true }, version: whole,
  },
  indices: [
    { name: 'ix_back_trace_requests_requested_on', columns: ['requested_on', 'id'] },
    { name: 'ix_back_trace_requests_case_id', columns: ['case_id', 'requested_on', 'id'] },
    { name: 'ix_back_trace_requests_traced_unit_id', columns: ['traced_unit_id', 'requested_on', 'id'] },
    { name: 'ix_back_trace_requests_inquiry_unit_id', columns: ['inquiry_unit_id', 'state', 'due_on'] },
  ],
});
