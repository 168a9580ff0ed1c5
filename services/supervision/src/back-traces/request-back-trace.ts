import type { EntityManager } from 'typeorm';
import type { CaseRelapsed, PayloadOf } from '@anjie/contracts';
import { audit, businessTime, idFromName, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import { passedReviewBy } from '../close-reviews/close-review-repository';
import { notifyOwn } from '../notifications/notify';
import { declareOwn } from '../obligations/own-obligation';
import { backTraceDue, BACK_TRACE_DUTY, divisionLine } from '../rules/back-trace';
import { putBackTrace, supervisingOffice } from './back-trace-repository';

/**
 * 责任倒查请求: a case that came again after it was closed asks how the unit handled it. What is traced is the unit's
 * handling; the duty to decide on the request lies with the joint office above the unit.
 */
export async function requestBackTrace(tx: EntityManager, told: PayloadOf<typeof CaseRelapsed>, actor: Actor): Promise<void> {
  await holdCase(tx, told.caseId);
  const { today } = await businessTime(tx);
  const divisionCode = (await knownUnit(tx, told.unitId))?.divisionCode ?? told.divisionCode;
  const inquiryUnitId = await supervisingOffice(tx, { unitIds: [told.unitId], line: divisionLine(divisionCode), caseId: told.caseId });
  const { due, basis } = backTraceDue(today, divisionCode, { rules: officeRules(), calendar: officeCalendar() });
  const obligationId = inquiryUnitId && idFromName('obligation', `back-trace:${told.relapseId}`);
  const isNew = await putBackTrace(tx, {
    id: told.relapseId, case_id: told.caseId, division_code: divisionCode, traced_unit_id: told.unitId, petition_id: told.petitionId,
    close_review_id: await passedReviewBy(tx, told.caseId, told.repeatedOn), closed_on: told.closedOn, repeated_on: told.repeatedOn,
    is_within_watch: told.isWithinWatch, requested_on: today, inquiry_unit_id: inquiryUnitId, due_on: due.dueEffective, obligation_id: obligationId,
    state: 'REQUESTED', version: 1,
  });
  if (!isNew) return;
  await audit(tx, actor, {
    action: 'backTrace.requested', subjectType: 'BackTraceRequest', subjectId: told.relapseId, caseId: told.caseId,
    detail: { tracedUnitId: told.unitId, inquiryUnitId, closedOn: told.closedOn, repeatedOn: told.repeatedOn, dueOn: due.dueEffective },
  });
  if (!inquiryUnitId || !obligationId) return;
  await declareOwn(tx, {
    obligationId, caseId: told.caseId, dutyCode: BACK_TRACE_DUTY, obligorUnitId: inquiryUnitId, subject: { type: 'BackTraceRequest', id: told.relapseId },
    due, basis, jurisdictionCode: divisionCode,
  }, actor);
  await notifyOwn(tx, [{ kind: 'BACK_TRACE_REQUESTED', recipient: { kind: 'UNIT', id: inquiryUnitId }, caseId: told.caseId, subjectId: told.relapseId, occasion: 'requested' }]);
}
