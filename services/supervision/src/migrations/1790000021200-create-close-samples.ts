import { createTable, type Migration } from '@anjie/service-kit/database';

const code = (length: number): string => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;

/** 抽查: a sample keeps every file of its period, drawn or not, so that it can be drawn again. A file is in one sample at most. */
export const closeSampleMigrations: readonly Migration[] = [
  createTable('CreateCloseReviewSamples1790000021200', 'close_review_samples', `
    id uuid NOT NULL PRIMARY KEY,
    division_code ${code(12)} NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    seed ${code(64)} NOT NULL,
    share_percent int NOT NULL,
    least_per_unit int NOT NULL,
    drawn_by uuid NOT NULL,
    drawn_unit_id uuid NOT NULL,
    drawn_on date NOT NULL,
    state ${code(8)} NOT NULL,
    finished_on date NULL,
    recognised int NULL,
    version int NOT NULL,
    KEY ix_close_review_samples_drawn_on (drawn_on, id),
    KEY ix_close_review_samples_division_code (division_code)`),
  createTable('CreateCloseReviewSampleItems1790000021201', 'close_review_sample_items', `
    id uuid NOT NULL PRIMARY KEY,
    sample_id uuid NOT NULL,
    review_id uuid NOT NULL,
    case_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    state ${code(12)} NOT NULL,
    examined_by uuid NULL,
    examined_unit_id uuid NULL,
    examined_on date NULL,
    note text NULL,
    reason_codes ${code(300)} NOT NULL DEFAULT '',
    version int NOT NULL,
    UNIQUE KEY uq_close_review_sample_items_review_id (review_id),
    KEY ix_close_review_sample_items_sample_id (sample_id, unit_id, id)`),
];
