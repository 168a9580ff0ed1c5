import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid } from '../table-columns';

const optionalId = { ...uuid, nullable: true };
const optionalText = (length: number) => ({ type: 'varchar' as const, length, nullable: true });

export const urgentReportTables = [
  new EntitySchema({
    name: 'UrgentReport', tableName: 'urgent_reports',
    columns: {
      id: { ...uuid, primary: true }, kind: ascii(48), level: ascii(16), reporter_unit_id: uuid, case_id: optionalId, issue: optionalText(200), content: optionalText(4000),
      sent_by: uuid, sent_on: day, sent_at: moment, acknowledge_by: moment, expires_on: day, erased_at: { ...moment, nullable: true },
    },
    indices: [
      { name: 'ix_urgent_reports_sent_at', columns: ['sent_at', 'id'] },
      { name: 'ix_urgent_reports_reporter_unit_id', columns: ['reporter_unit_id', 'sent_at'] },
      { name: 'ix_urgent_reports_case_id', columns: ['case_id', 'sent_at'] },
      { name: 'ix_urgent_reports_expires_on', columns: ['erased_at', 'expires_on'] },
    ],
  }),
  new EntitySchema({
    name: 'UrgentReportReceiver', tableName: 'urgent_report_receivers',
    columns: { report_id: { ...uuid, primary: true }, unit_id: { ...uuid, primary: true }, acknowledged_at: { ...moment, nullable: true }, acknowledged_by: optionalId },
    indices: [{ name: 'ix_urgent_report_receivers_unit_id', columns: ['unit_id', 'report_id'] }],
  }),
];
