import type { Viewer } from '@anjie/access';
import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { LegalConsultationFilter } from '../generated/graphql';
import type { ConsultationState } from '../rules/consultation-lifecycle';

export interface ConsultationRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly poolDivisionCode: string;
  readonly question: string;
  readonly state: ConsultationState;
  readonly requestedOn: string;
  readonly assignedOn: string | null;
  readonly dueOn: string | null;
  /** The office that sent the experts and owes the opinion. */
  readonly officeUnitId: string | null;
  readonly higherDivisionCode: string | null;
  readonly higherReason: string | null;
  readonly higherAnswer: 'ACCEPTED' | 'DECLINED' | null;
  readonly higherAnswerReason: string | null;
  readonly deliveredOn: string | null;
  readonly documentRef: string | null;
  readonly qualification: string | null;
  readonly facts: string | null;
  readonly law: string | null;
  readonly advice: string | null;
  readonly version: number;
}

export const consultationRows = caseBoundRows<ConsultationRow>({
  table: 'legal_consultations', alias: 'q', units: ['unit_id', 'office_unit_id'], sort: [{ column: 'q.requested_on', descending: true }, { column: 'q.id' }],
  columns: `q.id, q.case_id AS caseId, q.unit_id AS unitId, q.pool_division_code AS poolDivisionCode, q.question, q.state, q.requested_on AS requestedOn, q.assigned_on AS assignedOn,
    q.due_on AS dueOn, q.office_unit_id AS officeUnitId, q.higher_division_code AS higherDivisionCode, q.higher_reason AS higherReason, q.higher_answer AS higherAnswer,
    q.higher_answer_reason AS higherAnswerReason, q.delivered_on AS deliveredOn, q.document_ref AS documentRef, q.qualification, q.facts, q.law, q.advice, q.version`,
});

export interface ConsultationListArgs extends PageArgs {
  readonly filter?: LegalConsultationFilter | null | undefined;
}

export const listConsultations = (sql: Sql, viewer: Viewer, { filter, ...args }: ConsultationListArgs): Promise<Connection<ConsultationRow>> =>
  consultationRows.list(sql, viewer, {
    wanted: [['q.case_id', filter?.caseId], ['q.unit_id', filter?.unitId], ['q.pool_division_code', filter?.poolDivisionCode], ['q.state', filter?.state]], args,
  });

export interface ConsultedRow {
  readonly consultationId: string;
  readonly expertId: string;
}
/** Who was sent to consultations that the caller has seen. */
export const expertsOfConsultations = (sql: Sql, ids: readonly string[]): Promise<ConsultedRow[]> =>
  selectIn<ConsultedRow>(sql, 'SELECT consultation_id AS consultationId, expert_id AS expertId FROM consulted_experts WHERE consultation_id IN (?) ORDER BY consultation_id, expert_id', ids);

export async function putExperts(tx: Sql, consultationId: string, expertIds: readonly string[]): Promise<void> {
  await write(tx, 'DELETE FROM consulted_experts WHERE consultation_id = ?', [consultationId]);
  await insertRows(tx, 'consulted_experts', expertIds.map((expertId) => ({ consultation_id: consultationId, expert_id: expertId })));
}
