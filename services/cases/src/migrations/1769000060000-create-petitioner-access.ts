import { createTable, type Migration } from '@anjie/service-kit/database';

const code = (length: number): string => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;

/** What petitioners do for themselves: look up, rate, complain (brief §5.1). No secret is among the columns. */
export const petitionerAccessMigrations: readonly Migration[] = [
  createTable('CreatePetitionAccess1769000060000', 'petition_access', `
    petition_id uuid NOT NULL PRIMARY KEY,
    query_code ${code(12)} NOT NULL,
    generation int NOT NULL,
    UNIQUE KEY uq_petition_access_query_code (query_code)`),
  createTable('CreateAccessAttempts1769000060001', 'access_attempts', `
    subject binary(32) NOT NULL PRIMARY KEY,
    failures int NOT NULL,
    locks int NOT NULL,
    since datetime(3) NOT NULL,
    locked_until datetime(3) NULL,
    KEY ix_access_attempts_since (since)`),
  createTable('CreateMatterRatings1769000060002', 'matter_ratings', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    round_id uuid NOT NULL,
    office ${code(16)} NOT NULL,
    value ${code(24)} NOT NULL,
    comment_sealed mediumblob NULL,
    is_proxy tinyint(1) NOT NULL,
    rated_on date NOT NULL,
    recorded_by ${code(64)} NOT NULL,
    UNIQUE KEY uq_matter_ratings_round (round_id, office, is_proxy),
    KEY ix_matter_ratings_case_id (case_id)`),
  createTable('CreateRetaliationComplaints1769000060003', 'retaliation_complaints', `
    id uuid NOT NULL PRIMARY KEY,
    petition_id uuid NOT NULL,
    case_id uuid NOT NULL,
    office ${code(16)} NOT NULL,
    accused_unit_id uuid NULL,
    bar ${code(12)} NOT NULL,
    submitted_on date NOT NULL,
    text_sealed mediumblob NOT NULL,
    state ${code(16)} NOT NULL,
    outcome ${code(16)} NULL,
    answered_on date NULL,
    answered_by ${code(64)} NULL,
    answered_unit_id uuid NULL,
    note_sealed mediumblob NULL,
    version bigint NOT NULL,
    KEY ix_retaliation_complaints_bar (bar, submitted_on, id),
    KEY ix_retaliation_complaints_petition_id (petition_id, submitted_on)`),
];
