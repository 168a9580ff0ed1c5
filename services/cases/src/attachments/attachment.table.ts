import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const optionalId = { type: 'uuid' as const, nullable: true };

export const attachmentTable = new EntitySchema({
  name: 'Attachment', tableName: 'attachments',
  columns: {
    id: { type: 'uuid', primary: true }, case_id: { type: 'uuid' }, petition_id: optionalId, active_case_id: optionalId, file_id: { type: 'uuid' },
    kind: ascii(24), title: { type: 'varchar', length: 200 }, file_name_sealed: { type: 'varbinary', length: 2000 }, media_type: ascii(127),
    size: { type: 'int' }, sha256: { type: 'binary', length: 32 }, attached_at: { type: 'datetime', precision: 3 }, attached_on: { type: 'date' },
    attached_by: ascii(64), attached_unit_id: optionalId, withdrawn_on: { type: 'date', nullable: true }, withdrawn_by: { ...ascii(64), nullable: true },
    withdrawn_reason: { type: 'varchar', length: 200, nullable: true },
  },
  indices: [
    { name: 'uq_attachments_file_id', unique: true, columns: ['file_id'] },
    { name: 'uq_attachments_content', unique: true, columns: ['active_case_id', 'sha256'] },
    { name: 'ix_attachments_case_id', columns: ['case_id', 'attached_at', 'id'] },
    { name: 'ix_attachments_petition_id', columns: ['petition_id', 'attached_at', 'id'] },
  ],
}) as unknown as EntitySchema<never>;
