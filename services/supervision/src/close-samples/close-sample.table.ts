import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });

const closeSampleTable = new EntitySchema({
  name: 'CloseReviewSample', tableName: 'close_review_samples',
  columns: {
    id: { ...uuid, primary: true }, division_code: ascii(12), from_day: day, to_day: day, seed: ascii(64), share_percent: whole, least_per_unit: whole, drawn_by: uuid,
    drawn_unit_id: uuid, drawn_on: day, state: ascii(8), finished_on: optional(day), recognised: optional(whole), version: whole,
  },
  indices: [
    { name: 'ix_close_review_samples_drawn_on', columns: ['drawn_on', 'id'] },
    { name: 'ix_close_review_samples_division_code', columns: ['division_code'] },
  ],
});

const closeSampleItemTable = new EntitySchema({
  name: 'CloseReviewSampleItem', tableName: 'close_review_sample_items',
  columns: {
    id: { ...uuid, primary: true }, sample_id: uuid, review_id: uuid, case_id: uuid, unit_id: uuid, state: ascii(12), examined_by: optional(uuid), examined_unit_id: optional(uuid),
    examined_on: optional(day), note: { type: 'text', nullable: true }, reason_codes: { ...ascii(300), default: '' }, version: whole,
  },
  indices: [
    { name: 'uq_close_review_sample_items_review_id', unique: true, columns: ['review_id'] },
    { name: 'ix_close_review_sample_items_sample_id', columns: ['sample_id', 'unit_id', 'id'] },
  ],
});

export const closeSampleTables = [closeSampleTable, closeSampleItemTable] as const;
