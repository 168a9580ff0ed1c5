import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import { holdCase } from '../case-facts';
import type { DecideBackTraceInput } from '../generated/graphql';
import { beginInquiry } from '../inquiries/begin-inquiry';
import { settleOwn } from '../obligations/own-obligation';
import { standingOf } from '../reviewer-facts';
import { backTraceObjection, backTraceRefusals, isReason, type BackTraceRefusal } from '../rules/back-trace';
import { visibleBackTraces } from './back-trace-repository';

export type BackTraceAnswer = { readonly requestId: string } | BackTraceRefusal;

/** Whether the unit's handling is inquired into; ordering it begins the inquiry. */
export function createBackTraceService({ db }: { db: DataSource }) {
  return {
    decide: (input: DecideBackTraceInput, actor: Actor): Promise<BackTraceAnswer> =>
      runMutation<BackTraceAnswer>(db, { actor, operation: 'decideBackTrace', key: input.idempotencyKey, input, work: (tx) => decide(tx, input, actor) }),
  };
}
export type BackTraceService = ReturnType<typeof createBackTraceService>;

async function decide(tx: EntityManager, input: DecideBackTraceInput, actor: Actor): Promise<BackTraceAnswer> {
  const { viewer } = actor;
  const row = isId(input.requestId) ? (await visibleBackTraces(tx, viewer, [input.requestId]))[0] : undefined;
  if (!row) return backTraceRefusals.notFound();
  const { isOfUnit, hasPartInCase } = await standingOf(tx, viewer, { unitId: row.tracedUnitId, caseId: row.caseId });
  const objection = backTraceObjection(viewer, { divisionCode: row.divisionCode, state: row.state, isOfTracedUnit: isOfUnit, hasPartInCase });
  if (objection) return objection;
  if (!isReason(input.reason)) return backTraceRefusals.badText();
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  await holdCase(tx, row.caseId);
  const { today } = await businessTime(tx);
  const set = { state: input.decision, decided_by: viewer.subject, deciding_unit_id: viewer.unitId, decided_on: today, decision_reason: input.reason.trim() };
  const isFirst = await updateVersion(tx, 'back_trace_requests', { id: row.id, version: row.version, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, actor, {
    action: 'backTrace.decided', subjectType: 'BackTraceRequest', subjectId: row.id, caseId: row.caseId, detail: { decision: input.decision, tracedUnitId: row.tracedUnitId },
  });
  if (row.obligationId) await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  if (input.decision === 'INQUIRY_ORDERED') await beginInquiry(tx, row, { actor, today });
  return { requestId: row.id };
}
