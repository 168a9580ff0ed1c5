import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const moment = { type: 'datetime' as const, precision: 3 };
const optionalMoment = { ...moment, nullable: true };

export const fileTable = new EntitySchema({
  name: 'StoredFile', tableName: 'files',
  columns: {
    id: { type: 'uuid', primary: true }, purpose: ascii(32), name: { type: 'varchar', length: 255 }, name_sealed: { type: 'varbinary', length: 2000, nullable: true }, media_type: ascii(127), size: { type: 'bigint' },
    sha256: { type: 'binary', length: 32 }, storage_key: ascii(200), owner: ascii(64), owner_unit_id: { type: 'uuid', nullable: true },
    created_at: moment, expires_at: optionalMoment, deleted_at: optionalMoment, removed_at: optionalMoment,
  },
  indices: [
    { name: 'ix_files_expires_at', columns: ['expires_at'] },
    { name: 'ix_files_removed_at', columns: ['removed_at', 'deleted_at'] },
  ],
});

export const downloadLinkTable = new EntitySchema({
  name: 'DownloadLink', tableName: 'download_links',
  columns: {
    token_hash: { type: 'binary', length: 32, primary: true }, file_id: { type: 'uuid' }, created_by: ascii(64),
    created_at: moment, expires_at: moment, used_at: optionalMoment, viewer: { ...ascii(1000), nullable: true },
  },
  indices: [{ name: 'ix_download_links_expires_at', columns: ['expires_at'] }],
});

export const fileTables = [fileTable, downloadLinkTable] as unknown as readonly EntitySchema<never>[];
