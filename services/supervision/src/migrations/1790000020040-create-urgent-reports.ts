import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 信访要情、重大紧急信息. The words go when their days are over; that something was reported, by whom and to whom, stays. */
export const urgentReportMigrations = [
  createTable('CreateUrgentReports1790000020040', 'urgent_reports', `
    id uuid NOT NULL PRIMARY KEY,
    kind varchar(48) ${ASCII} NOT NULL,
    level varchar(16) ${ASCII} NOT NULL,
    reporter_unit_id uuid NOT NULL,
    case_id uuid NULL,
    issue varchar(200) NULL,
    content varchar(4000) NULL,
    sent_by uuid NOT NULL,
    sent_on date NOT NULL,
    sent_at datetime(3) NOT NULL,
    acknowledge_by datetime(3) NOT NULL,
    expires_on date NOT NULL,
    erased_at datetime(3) NULL,
    KEY ix_urgent_reports_sent_at (sent_at, id),
    KEY ix_urgent_reports_reporter_unit_id (reporter_unit_id, sent_at),
    KEY ix_urgent_reports_case_id (case_id, sent_at),
    KEY ix_urgent_reports_expires_on (erased_at, expires_on)`),
  createTable('CreateUrgentReportReceivers1790000020041', 'urgent_report_receivers', `
    report_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    acknowledged_at datetime(3) NULL,
    acknowledged_by uuid NULL,
    PRIMARY KEY (report_id, unit_id),
    KEY ix_urgent_report_receivers_unit_id (unit_id, report_id)`),
];
