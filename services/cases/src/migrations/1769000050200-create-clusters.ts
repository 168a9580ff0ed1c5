import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Cases with one policy cause, and the measures that unlock them. */
export const clusterMigrations: readonly Migration[] = [
  createTable('CreateCaseClusters1769000050200', 'case_clusters', `
    id uuid NOT NULL PRIMARY KEY,
    name varchar(200) NOT NULL,
    content_category varchar(64) NOT NULL,
    key_domain varchar(32) ${ASCII} NOT NULL,
    policy_defect varchar(16) ${ASCII} NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    lead_department_id uuid NOT NULL,
    specialised_group varchar(500) NULL,
    group_interest varchar(200) NULL,
    opened_on date NOT NULL,
    opened_by varchar(64) ${ASCII} NOT NULL,
    version bigint NOT NULL,
    KEY ix_case_clusters_division_code (division_code),
    KEY ix_case_clusters_lead_department_id (lead_department_id)`),
  createTable('CreateClusterCases1769000050201', 'cluster_cases', `
    id uuid NOT NULL PRIMARY KEY,
    cluster_id uuid NOT NULL,
    case_id uuid NOT NULL,
    active_case_id uuid NULL,
    added_on date NOT NULL,
    added_by varchar(64) ${ASCII} NOT NULL,
    reason varchar(500) NOT NULL,
    removed_on date NULL,
    removed_by varchar(64) ${ASCII} NULL,
    removal_reason varchar(500) NULL,
    UNIQUE KEY uq_cluster_cases_active_case (cluster_id, active_case_id),
    KEY ix_cluster_cases_active_case_id (active_case_id),
    KEY ix_cluster_cases_case_id (case_id)`),
  createTable('CreatePolicyMeasures1769000050202', 'policy_measures', `
    id uuid NOT NULL PRIMARY KEY,
    title varchar(200) NOT NULL,
    document_number varchar(100) NOT NULL,
    issuer varchar(200) NOT NULL,
    issued_on date NOT NULL,
    summary text NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    registered_on date NOT NULL,
    registered_by varchar(64) ${ASCII} NOT NULL,
    version bigint NOT NULL,
    UNIQUE KEY uq_policy_measures_document_number (division_code, document_number),
    KEY ix_policy_measures_issued_on (issued_on, id)`),
  createTable('CreateMeasureClusters1769000050203', 'measure_clusters', `
    measure_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    linked_on date NOT NULL,
    linked_by varchar(64) ${ASCII} NOT NULL,
    PRIMARY KEY (measure_id, cluster_id),
    KEY ix_measure_clusters_cluster_id (cluster_id)`),
];
