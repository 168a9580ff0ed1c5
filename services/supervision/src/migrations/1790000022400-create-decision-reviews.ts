import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const decisionReviewMigrations: readonly Migration[] = [
  createTable('CreateDecisionReviews1790000022400', 'decision_reviews', `
    id uuid NOT NULL PRIMARY KEY,
    title varchar(200) NOT NULL,
    subject varchar(1000) NOT NULL,
    unit_id uuid NOT NULL,
    division_code varchar(12) ${ASCII} NOT NULL,
    decided_on date NULL,
    opinion varchar(24) ${ASCII} NOT NULL,
    opinion_words varchar(2000) NOT NULL,
    reviewed_on date NOT NULL,
    reviewer_unit_id uuid NOT NULL,
    recorded_by uuid NOT NULL,
    version int NOT NULL,
    KEY ix_decision_reviews_reviewed_on (reviewed_on, id),
    KEY ix_decision_reviews_unit_id (unit_id, reviewed_on)`),
  createTable('CreateDecisionMeasures1790000022401', 'decision_measures', `
    id uuid NOT NULL PRIMARY KEY,
    decision_review_id uuid NOT NULL,
    ordinal int NOT NULL,
    title varchar(500) NOT NULL,
    unit_id uuid NOT NULL,
    due_on date NOT NULL,
    done_on date NULL,
    evidence varchar(1000) NULL,
    KEY ix_decision_measures_decision_review_id (decision_review_id, ordinal)`),
  createTable('CreateDecisionCases1790000022402', 'decision_cases', `
    decision_review_id uuid NOT NULL,
    case_id uuid NOT NULL,
    linked_by uuid NOT NULL,
    linked_on date NOT NULL,
    PRIMARY KEY (decision_review_id, case_id),
    KEY ix_decision_cases_case_id (case_id, decision_review_id)`),
];
