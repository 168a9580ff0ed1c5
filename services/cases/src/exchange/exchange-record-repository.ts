import { insertRows, type Sql } from '@anjie/service-kit/database';
import type { ReportedFacts } from './reported-facts';

export interface NewExchangeRecord {
  readonly petitionId: string;
  readonly caseId: string;
  readonly sourceDivisionCode: string;
  readonly externalNumber: string;
  readonly reported: ReportedFacts;
  readonly runId: string;
  readonly importedOn: string;
}

const instant = (moment: string | null): Date | null => (moment === null ? null : new Date(moment));

/** Keeps what the sender said of many records in one statement. */
export const insertExchangeRecords = (tx: Sql, records: readonly NewExchangeRecord[]): Promise<void> =>
  insertRows(tx, 'exchange_records', records.map(({ reported, ...record }) => ({
    petition_id: record.petitionId, case_id: record.caseId, source_division: record.sourceDivisionCode, external_number: record.externalNumber, run_id: record.runId,
    imported_on: record.importedOn, external_id: reported.externalId, joint_id: reported.jointId, registered_at: instant(reported.registeredAt), org_name: reported.orgName,
    org_code: reported.orgCode, org_kind: reported.orgKind, org_department: reported.orgDepartment, clerk: reported.clerk, status: reported.status,
    first_org: reported.firstOrg, first_on: reported.firstOn, is_repeat: reported.isRepeat, repeat_of: reported.repeatOf, is_backlog: reported.isBacklog,
    is_reviewed: reported.isReviewed, is_re_reviewed: reported.isReReviewed, is_closed: reported.isClosed, is_closing_accepted: reported.isClosingAccepted,
    due_at: instant(reported.dueAt), procedure_kind: reported.procedure, codes: JSON.stringify(reported.codes),
  })));
