import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const words = (length: number) => ({ type: 'varchar' as const, length });
const id = { type: 'uuid' as const, primary: true };
const day = { type: 'date' as const };

const measureTable = new EntitySchema({
  name: 'PolicyMeasure', tableName: 'policy_measures',
  columns: {
    id, title: words(200), document_number: words(100), issuer: words(200), issued_on: day, summary: { type: 'text' }, division_code: ascii(12), registered_on: day,
    registered_by: ascii(64), version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_policy_measures_document_number', unique: true, columns: ['division_code', 'document_number'] },
    { name: 'ix_policy_measures_issued_on', columns: ['issued_on', 'id'] },
  ],
});

const linkTable = new EntitySchema({
  name: 'MeasureCluster', tableName: 'measure_clusters',
  columns: { measure_id: id, cluster_id: id, linked_on: day, linked_by: ascii(64) },
  indices: [{ name: 'ix_measure_clusters_cluster_id', columns: ['cluster_id'] }],
});

export const policyMeasureTables = [measureTable, linkTable] as unknown as readonly EntitySchema<never>[];
