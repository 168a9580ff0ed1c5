import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const words = { type: 'varchar' as const, length: 500, nullable: true };

export const claimChangeTable = new EntitySchema({
  name: 'ClaimChange', tableName: 'claim_changes',
  columns: {
    id: { type: 'uuid', primary: true }, claim_id: { type: 'uuid' }, case_id: { type: 'uuid' }, kind: ascii(16), before_text: words, after_text: words,
    reason: { type: 'varchar', length: 200 }, changed_by: ascii(64), changed_at: { type: 'datetime', precision: 3 },
  },
  indices: [{ name: 'ix_claim_changes_claim_id', columns: ['claim_id', 'changed_at'] }],
}) as unknown as EntitySchema<never>;
