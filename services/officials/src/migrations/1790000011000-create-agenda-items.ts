import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const agendaMigrations = [
  createTable('CreateAgendaItems1790000011000', 'agenda_items', `
    id uuid NOT NULL PRIMARY KEY,
    body_unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    paper varchar(16) ${ASCII} NOT NULL,
    subject varchar(300) NOT NULL,
    on_date date NOT NULL,
    outcome varchar(12) ${ASCII} NOT NULL,
    decision varchar(2000) NULL,
    decided_on date NULL,
    case_id uuid NULL,
    campaign_id uuid NULL,
    put_by varchar(64) ${ASCII} NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    KEY ix_agenda_items_body_unit_id (body_unit_id, on_date),
    KEY ix_agenda_items_case_id (case_id, on_date),
    KEY ix_agenda_items_campaign_id (campaign_id, on_date)`),
  createTable('CreateResourceAllocations1790000011010', 'resource_allocations', `
    id uuid NOT NULL PRIMARY KEY,
    campaign_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    kind varchar(12) ${ASCII} NOT NULL,
    name varchar(100) NOT NULL,
    year smallint NOT NULL,
    planned decimal(12,2) NOT NULL,
    actual decimal(12,2) NULL,
    actual_on date NULL,
    planned_by varchar(64) ${ASCII} NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    KEY ix_resource_allocations_campaign_id (campaign_id, year),
    KEY ix_resource_allocations_unit_id (unit_id, year)`),
];
