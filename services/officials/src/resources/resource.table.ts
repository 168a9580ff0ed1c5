import { EntitySchema } from 'typeorm';
import { ascii, id, optionalDay, reference, text, version } from '../directory/columns';

const amount = { type: 'decimal' as const, precision: 12, scale: 2 };

export const resourceTable = new EntitySchema({
  name: 'ResourceAllocation', tableName: 'resource_allocations',
  columns: {
    id, campaign_id: reference, unit_id: reference, division_code: ascii(12), kind: ascii(12), name: text(100), year: { type: 'smallint' }, planned: amount,
    actual: { ...amount, nullable: true }, actual_on: optionalDay, planned_by: ascii(64), version,
  },
  indices: [
    { name: 'ix_resource_allocations_campaign_id', columns: ['campaign_id', 'year'] },
    { name: 'ix_resource_allocations_unit_id', columns: ['unit_id', 'year'] },
  ],
});
