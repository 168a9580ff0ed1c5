import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

export const activityPromiseTable = new EntitySchema({
  name: 'ActivityPromise', tableName: 'activity_promises',
  columns: {
    id, activity_id: reference, case_id: optionalReference, text: text(500), obligor_unit_id: optionalReference, obligor_official_id: optionalReference, made_on: day, due_on: day,
    state: ascii(12), kept_on: optionalDay, evidence_ref: { ...text(200), nullable: true }, drop_reason: { ...text(500), nullable: true }, version,
  },
  indices: [
    { name: 'ix_activity_promises_activity_id', columns: ['activity_id', 'due_on'] },
    { name: 'ix_activity_promises_case_id', columns: ['case_id', 'due_on'] },
    { name: 'ix_activity_promises_obligor_unit_id', columns: ['obligor_unit_id', 'state'] },
    { name: 'ix_activity_promises_obligor_official_id', columns: ['obligor_official_id', 'state'] },
  ],
});

/** Where an open promise is counted, so that it is taken back in the same cells. */
export const promiseCountTable = new EntitySchema({
  name: 'PromiseCount', tableName: 'promise_counts',
  columns: { promise_id: id, campaign_id: id, division_code: ascii(12) },
});
