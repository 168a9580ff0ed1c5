import { createTable, type Migration } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 三色三类 and difficulty: set by a person, dated, with a reason; earlier ones are kept. */
export const markMigrations: readonly Migration[] = [
  createTable('CreateCaseMarks1769000050300', 'case_marks', `
    id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    seq int NOT NULL,
    active_case_id uuid NULL,
    kind varchar(16) ${ASCII} NOT NULL,
    value varchar(8) ${ASCII} NOT NULL,
    ground varchar(16) ${ASCII} NULL,
    criteria text NULL,
    reason varchar(500) NOT NULL,
    marked_on date NOT NULL,
    marked_by varchar(64) ${ASCII} NOT NULL,
    review_on date NOT NULL,
    replaced_on date NULL,
    UNIQUE KEY uq_case_marks_active_case (active_case_id, kind),
    UNIQUE KEY uq_case_marks_seq (case_id, seq),
    KEY ix_case_marks_value (kind, value, active_case_id)`),
];
