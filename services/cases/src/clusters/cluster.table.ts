import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const words = (length: number, nullable = false) => ({ type: 'varchar' as const, length, nullable });
const id = { type: 'uuid' as const, primary: true };
const day = { type: 'date' as const };

const clusterTable = new EntitySchema({
  name: 'CaseCluster', tableName: 'case_clusters',
  columns: {
    id, name: words(200), content_category: words(64), key_domain: ascii(32), policy_defect: ascii(16), division_code: ascii(12), lead_department_id: { type: 'uuid' },
    specialised_group: words(500, true), group_interest: words(200, true), opened_on: day, opened_by: ascii(64), version: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_case_clusters_division_code', columns: ['division_code'] },
    { name: 'ix_case_clusters_lead_department_id', columns: ['lead_department_id'] },
  ],
});

const memberTable = new EntitySchema({
  name: 'ClusterMember', tableName: 'cluster_cases',
  columns: {
    id, cluster_id: { type: 'uuid' }, case_id: { type: 'uuid' }, active_case_id: { type: 'uuid', nullable: true }, added_on: day, added_by: ascii(64), reason: words(500),
    removed_on: { type: 'date', nullable: true }, removed_by: { ...ascii(64), nullable: true }, removal_reason: words(500, true),
  },
  indices: [
    { name: 'uq_cluster_cases_active_case', unique: true, columns: ['cluster_id', 'active_case_id'] },
    { name: 'ix_cluster_cases_active_case_id', columns: ['active_case_id'] },
    { name: 'ix_cluster_cases_case_id', columns: ['case_id'] },
  ],
});

export const clusterTables = [clusterTable, memberTable] as unknown as readonly EntitySchema<never>[];
