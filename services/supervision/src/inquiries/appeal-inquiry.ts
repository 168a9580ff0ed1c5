import type { EntityManager } from 'typeorm';
import { newId, type Actor } from '@anjie/service-kit/database';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { supervisingOffice } from '../back-traces/back-trace-repository';
import { holdCase } from '../case-facts';
import type { AppealInquiryInput, DecideInquiryAppealInput } from '../generated/graphql';
import { declareOwn, settleOwn } from '../obligations/own-obligation';
import { actsForUnit, todayOf } from '../oversight-facts';
import { standingOf } from '../reviewer-facts';
import { periodTerms } from '../rules/assigned-date';
import { APPEAL_DUTY, appealJudgeObjection, appealLine, isInquiryText, mayAppeal } from '../rules/inquiry';
import { inquiryRefusals as no } from '../rules/inquiry-refusals';
import { findingsOfInquiry, type InquiryRow } from './inquiry-repository';
import { findInquiry, freshInquiry, moveInquiry, noteInquiry, type InquiryAnswer } from './open-inquiry';

/** 申诉: by the traced unit, or by whom a finding that stands concerns; the office above the one that inquired then owes the decision. */
export async function appeal(tx: EntityManager, input: AppealInquiryInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await findInquiry(tx, input.inquiryId, actor);
  if (!row) return no.notFound();
  if (!(await isConcerned(tx, row, actor))) return no.notConcerned();
  if (!isInquiryText(input.reason)) return no.badText();
  freshInquiry(row, input.expectedVersion);
  const today = await todayOf(tx);
  if (!mayAppeal(row, today)) return no.appealOver();
  await holdCase(tx, row.caseId);
  const office = await supervisingOffice(tx, { unitIds: [row.tracedUnitId, row.conductingUnitId], line: appealLine(row.conductingDivisionCode), caseId: row.caseId });
  const { due, basis } = periodTerms({ code: APPEAL_DUTY, startOn: today, jurisdictionCode: row.divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  const obligationId = office ? newId() : null;
  await moveInquiry(tx, row, {
    state: 'APPEALED', appealed_by: actor.viewer.subject, appealed_on: today, appeal: input.reason.trim(), appeal_unit_id: office, appeal_due_on: due.dueEffective,
    appeal_obligation_id: obligationId,
  });
  await noteInquiry(tx, row, { actor, action: 'appealed', detail: { appealUnitId: office } });
  if (office && obligationId) {
    await declareOwn(tx, { obligationId, caseId: row.caseId, dutyCode: APPEAL_DUTY, obligorUnitId: office, subject: { type: 'Inquiry', id: row.id }, due, basis, jurisdictionCode: row.divisionCode }, actor);
  }
  return { inquiryId: row.id };
}

async function isConcerned(tx: EntityManager, row: InquiryRow, { viewer }: Actor): Promise<boolean> {
  const standing = (await findingsOfInquiry(tx, row.id)).filter((one) => Number(one.stands) === 1);
  if (standing.some((one) => one.officialId === viewer.subject)) return true;
  for (const unitId of new Set([row.tracedUnitId, ...standing.filter((one) => one.officialId === null).map((one) => one.unitId)])) {
    if (await actsForUnit(tx, viewer, unitId)) return true;
  }
  return false;
}

/** 申诉决定: by other persons of an office above; there is no second appeal here. */
export async function decideAppeal(tx: EntityManager, input: DecideInquiryAppealInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await findInquiry(tx, input.inquiryId, actor);
  if (!row) return no.notFound();
  const { viewer } = actor;
  const { isOfUnit, hasPartInCase } = await standingOf(tx, viewer, { unitId: row.tracedUnitId, caseId: row.caseId });
  const findings = await findingsOfInquiry(tx, row.id);
  const involvedIds = [row.proposedById, row.confirmedById, ...findings.map((one) => one.recordedById)].flatMap((id) => id ?? []);
  const objection = appealJudgeObjection(viewer, { ...row, isOfTracedUnit: isOfUnit, hasPartInCase, involvedIds });
  if (objection) return objection;
  if (!isInquiryText(input.reason)) return no.badText();
  freshInquiry(row, input.expectedVersion);
  if (row.state !== 'APPEALED') return no.wrongState();
  await holdCase(tx, row.caseId);
  const today = await todayOf(tx);
  await moveInquiry(tx, row, { state: 'FINAL', appeal_decided_by: viewer.subject, appeal_decided_on: today, appeal_result: input.result, appeal_reason: input.reason.trim() });
  await noteInquiry(tx, row, { actor, action: 'appealDecided', detail: { result: input.result } });
  if (row.appealObligationId) await settleOwn(tx, row.appealObligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  return { inquiryId: row.id };
}
