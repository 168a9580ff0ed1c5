import type { EntityManager } from 'typeorm';
import { audit, newId, type Actor } from '@anjie/service-kit/database';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { BackTraceRow } from '../back-traces/back-trace-repository';
import { declareOwn } from '../obligations/own-obligation';
import { periodTerms } from '../rules/assigned-date';
import { CONCLUSION_DUTY } from '../rules/inquiry';
import { putInquiry, putSteps } from './inquiry-repository';
import { reconstructTimeline } from './reconstruct-timeline';

/** 一案一查: an inquiry begins with the timeline as the rows tell it on that day; the office that ordered it owes the conclusion. */
export async function beginInquiry(tx: EntityManager, request: BackTraceRow, { actor, today }: { actor: Actor; today: string }): Promise<void> {
  const { subject, unitId } = actor.viewer;
  if (!unitId) throw new Error('an inquiry is ordered by a person of a unit');
  const [id, obligationId] = [newId(), newId()];
  const { due, basis } = periodTerms({ code: CONCLUSION_DUTY, startOn: today, jurisdictionCode: request.divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  const steps = await reconstructTimeline(tx, { ...request, requestId: request.id, today });
  await putInquiry(tx, {
    id, request_id: request.id, case_id: request.caseId, division_code: request.divisionCode, traced_unit_id: request.tracedUnitId, conducting_unit_id: unitId, opened_on: today,
    opened_by: subject, due_on: due.dueEffective, obligation_id: obligationId, state: 'OPEN', version: 1,
  });
  await putSteps(tx, id, steps);
  await audit(tx, actor, { action: 'inquiry.opened', subjectType: 'Inquiry', subjectId: id, caseId: request.caseId, detail: { tracedUnitId: request.tracedUnitId, steps: steps.length } });
  await declareOwn(tx, {
    obligationId, caseId: request.caseId, dutyCode: CONCLUSION_DUTY, obligorUnitId: unitId, subject: { type: 'Inquiry', id }, due, basis, jurisdictionCode: request.divisionCode,
  }, actor);
}
