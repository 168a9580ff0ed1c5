import type { Viewer } from '@anjie/access';
import { insertRows, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { AssistanceApplicationFilter } from '../generated/graphql';
import type { ApplicationState } from '../rules/assistance-application-lifecycle';

export interface AssistanceApplicationRow {
  readonly id: string;
  readonly caseId: string;
  readonly referralId: string | null;
  /** Code of a kind of relief. */
  readonly kind: string;
  readonly unitId: string;
  readonly requestedAmount: string;
  readonly need: string;
  readonly state: ApplicationState;
  readonly submittedOn: string;
  readonly decideBy: string | null;
  readonly publicisedOn: string | null;
  /** tinyint: 0 or 1 */
  readonly isUrgent: boolean;
  readonly decidedOn: string | null;
  readonly decidedAmount: string | null;
  readonly declineReason: string | null;
  readonly paidAmount: string;
  readonly paidOn: string | null;
  readonly evidenceRef: string | null;
  readonly answeredOn: string | null;
  readonly version: number;
}

export const applicationRows = caseBoundRows<AssistanceApplicationRow>({
  table: 'assistance_applications', alias: 'a', units: ['unit_id'], sort: [{ column: 'a.submitted_on', descending: true }, { column: 'a.id' }],
  columns: `a.id, a.case_id AS caseId, a.referral_id AS referralId, a.kind, a.unit_id AS unitId, a.requested_amount AS requestedAmount, a.need, a.state,
    a.submitted_on AS submittedOn, a.decide_by AS decideBy, a.publicised_on AS publicisedOn, a.is_urgent AS isUrgent, a.decided_on AS decidedOn,
    a.decided_amount AS decidedAmount, a.decline_reason AS declineReason, a.paid_amount AS paidAmount, a.paid_on AS paidOn, a.evidence_ref AS evidenceRef,
    a.answered_on AS answeredOn, a.version`,
});

export interface ApplicationListArgs extends PageArgs {
  readonly filter?: AssistanceApplicationFilter | null | undefined;
}

export const listApplications = (sql: Sql, viewer: Viewer, { filter, ...args }: ApplicationListArgs): Promise<Connection<AssistanceApplicationRow>> =>
  applicationRows.list(sql, viewer, {
    wanted: [['a.case_id', filter?.caseId], ['a.unit_id', filter?.unitId], ['a.kind', filter?.kind], ['a.kind', filter?.kinds], ['a.state', filter?.state]], args,
  });

export interface ReliefEntryRow {
  readonly id: string;
  readonly applicationId: string;
  readonly seq: number;
  readonly kind: 'PAYMENT' | 'COUNTER_ENTRY';
  readonly ofEntryId: string | null;
  readonly amount: string;
  readonly on: string;
  readonly evidenceRef: string;
  readonly reason: string | null;
  readonly recordedById: string | null;
}

/** The entries of applications that the caller has seen, in the order in which they were made. */
export const entriesOfApplications = (sql: Sql, ids: readonly string[]): Promise<ReliefEntryRow[]> =>
  selectIn<ReliefEntryRow>(
    sql,
    `SELECT id, application_id AS applicationId, seq, kind, of_entry_id AS ofEntryId, amount, on_date AS \`on\`, evidence_ref AS evidenceRef, reason, recorded_by AS recordedById
       FROM relief_entries WHERE application_id IN (?) ORDER BY application_id, seq`,
    ids,
  );

export const addReliefEntry = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'relief_entries', [row]);
