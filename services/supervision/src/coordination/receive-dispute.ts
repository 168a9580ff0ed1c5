import type { EntityManager } from 'typeorm';
import type { PayloadOf, ReferralDisputed } from '@anjie/contracts';
import { audit, businessTime, idFromName, select, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { supervisingOffice } from '../back-traces/back-trace-repository';
import { holdCase } from '../case-facts';
import { declareOwn, settleOwn } from '../obligations/own-obligation';
import { periodTerms } from '../rules/assigned-date';
import { divisionLine } from '../rules/back-trace';
import { candidateAfter, commonDivision, COORDINATION_DUTY } from '../rules/coordination';
import { endCandidate, lockCandidate, lockOthersOfReferral, putCandidate, type CandidateRow } from './coordination-candidate-repository';

type Told = PayloadOf<typeof ReferralDisputed>;
const NATIONAL = '100000';

/** 转办争议: a dispute that its time for agreeing is over waits for a meeting of the office above both units; agreed after all, it waits no more. */
export async function receiveDispute(tx: EntityManager, told: Told, actor: Actor): Promise<void> {
  await holdCase(tx, told.caseId);
  const id = idFromName('coordination-candidate', `${told.referralId}:${told.disputedOn}`);
  for (const earlier of await lockOthersOfReferral(tx, told.referralId, id)) await agree(tx, { known: earlier, told, actor });
  const known = await lockCandidate(tx, id);
  const state = candidateAfter(known?.state ?? null, told.state);
  if (state === 'AGREED' && known) await agree(tx, { known, told, actor });
  else if (state !== null && !(await isSealed(tx, told.caseId))) await raise(tx, { id, told, isOpen: state === 'WAITING', actor });
}

/** The sealed lane has no agenda (第三十条第三款). */
const isSealed = async (tx: EntityManager, caseId: string): Promise<boolean> =>
  (await select(tx, 'SELECT 1 FROM case_scopes WHERE case_id = ? AND is_sealed = 1', [caseId])).length > 0;

/** The lowest division that holds both units, and a place to count days in where there is none. */
async function placeOf(tx: EntityManager, told: Told): Promise<{ common: string | null; divisionCode: string }> {
  const [from, to] = [await knownUnit(tx, told.fromUnitId), await knownUnit(tx, told.toUnitId)];
  const common = from && to ? commonDivision(from.divisionCode, to.divisionCode) : null;
  return { common, divisionCode: common ?? (from ?? to)?.divisionCode ?? NATIONAL };
}

async function raise(tx: EntityManager, { id, told, isOpen, actor }: { id: string; told: Told; isOpen: boolean; actor: Actor }): Promise<void> {
  const { today } = await businessTime(tx);
  const { common, divisionCode } = await placeOf(tx, told);
  const officeUnitId = isOpen && common ? await supervisingOffice(tx, { unitIds: [told.fromUnitId, told.toUnitId], line: divisionLine(divisionCode), caseId: told.caseId }) : null;
  const { due, basis } = periodTerms({ code: COORDINATION_DUTY, startOn: today, jurisdictionCode: divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  const obligationId = officeUnitId && idFromName('obligation', `coordination:${id}`);
  await putCandidate(tx, {
    id, referral_id: told.referralId, case_id: told.caseId, division_code: divisionCode, from_unit_id: told.fromUnitId, to_unit_id: told.toUnitId, office_unit_id: officeUnitId,
    raised_on: told.disputedOn, due_on: due.dueEffective, obligation_id: obligationId, state: isOpen ? 'WAITING' : 'AGREED', settled_on: isOpen ? null : (told.settledOn ?? today), version: 1,
  });
  await audit(tx, actor, { action: 'coordinationCandidate.raised', subjectType: 'CoordinationCandidate', subjectId: id, caseId: told.caseId, detail: { referralId: told.referralId, officeUnitId, isOpen } });
  if (!officeUnitId || !obligationId) return;
  await declareOwn(tx, {
    obligationId, caseId: told.caseId, dutyCode: COORDINATION_DUTY, obligorUnitId: officeUnitId, subject: { type: 'CoordinationCandidate', id }, due, basis, jurisdictionCode: divisionCode,
  }, actor);
}

async function agree(tx: EntityManager, { known, told, actor }: { known: CandidateRow; told: Told; actor: Actor }): Promise<void> {
  const { today } = await businessTime(tx);
  await endCandidate(tx, { id: known.id, state: 'AGREED', settledOn: told.settledOn ?? today });
  await audit(tx, actor, { action: 'coordinationCandidate.agreed', subjectType: 'CoordinationCandidate', subjectId: known.id, caseId: known.caseId });
  if (known.obligationId) await settleOwn(tx, known.obligationId, { state: 'CANCELLED', metOn: null, version: known.version + 1, actor });
}
