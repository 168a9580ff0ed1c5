import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const appointmentMigrations = [
  createTable('CreateAppointments1790000010020', 'appointments', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    official_id uuid NOT NULL,
    home_unit_id uuid NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    case_id uuid NULL,
    campaign_id uuid NULL,
    call_in_minutes smallint NULL,
    qualification varchar(200) NULL,
    note varchar(200) NULL,
    starts_on date NOT NULL,
    ends_on date NULL,
    end_reason varchar(200) NULL,
    successor_id uuid NULL,
    active_key varchar(160) ${ASCII} NULL,
    version bigint NOT NULL DEFAULT 1,
    UNIQUE KEY uq_appointments_active_key (active_key),
    KEY ix_appointments_unit_id (unit_id, starts_on),
    KEY ix_appointments_official_id (official_id, starts_on),
    KEY ix_appointments_case_id (case_id, starts_on),
    KEY ix_appointments_campaign_id (campaign_id, starts_on)`),
  createTable('CreateAppointmentSlots1790000010021', 'appointment_slots', `
    appointment_id uuid NOT NULL,
    weekday tinyint NOT NULL,
    starts_at varchar(5) ${ASCII} NOT NULL,
    ends_at varchar(5) ${ASCII} NOT NULL,
    PRIMARY KEY (appointment_id, weekday, starts_at)`),
];
