import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Places, what they have, and what they do so that people know their rights. Counts only, of nobody's visits. */
export const centreMigrations: readonly Migration[] = [
  createTable('CreateMediationCentres1790000031030', 'mediation_centres', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    level varchar(12) ${ASCII} NOT NULL,
    name varchar(100) NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    services varchar(400) ${ASCII} NOT NULL,
    open_hours varchar(200) NOT NULL,
    address varchar(200) NOT NULL,
    phone varchar(20) ${ASCII} NULL,
    opened_on date NOT NULL,
    closed_on date NULL,
    version int NOT NULL DEFAULT 1,
    KEY ix_mediation_centres_unit_id (unit_id),
    KEY ix_mediation_centres_division_code (division_code)`),
  createTable('CreateStationChecklists1790000031031', 'station_checklists', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    centre_id uuid NULL,
    started_on date NOT NULL,
    started_by uuid NOT NULL,
    version int NOT NULL DEFAULT 1,
    KEY ix_station_checklists_unit_id (unit_id),
    KEY ix_station_checklists_centre_id (centre_id),
    KEY ix_station_checklists_division_code (division_code)`),
  createTable('CreateStationChecklistItems1790000031032', 'station_checklist_items', `
    checklist_id uuid NOT NULL,
    item_code varchar(48) ${ASCII} NOT NULL,
    done_on date NOT NULL,
    evidence varchar(300) NOT NULL,
    filled_by uuid NOT NULL,
    PRIMARY KEY (checklist_id, item_code)`),
  createTable('CreatePublicityActivities1790000031033', 'publicity_activities', `
    id uuid NOT NULL PRIMARY KEY,
    centre_id uuid NOT NULL,
    kind varchar(48) ${ASCII} NOT NULL,
    month varchar(7) ${ASCII} NOT NULL,
    topic varchar(200) NOT NULL,
    held_on date NOT NULL,
    attendance int NOT NULL,
    materials int NOT NULL,
    rights_sheets int NOT NULL,
    recorded_by uuid NOT NULL,
    version int NOT NULL DEFAULT 1,
    KEY ix_publicity_activities_centre_id_month (centre_id, month),
    KEY ix_publicity_activities_held_on (held_on)`),
];
