import { createTable, type Migration } from '@anjie/service-kit/database';

/** What officials and supervision told about the close of a case. */
export const closingFactMigrations: readonly Migration[] = [
  createTable('CreateClosingOpinions1769000082000', 'closing_opinions', `
    opinion_id uuid NOT NULL PRIMARY KEY,
    case_id uuid NOT NULL,
    official_id uuid NOT NULL,
    capacity varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    is_agreed tinyint(1) NOT NULL,
    signed_on date NOT NULL,
    withdrawn_on date NULL,
    KEY ix_closing_opinions_case_id (case_id, signed_on, opinion_id)`),
];
