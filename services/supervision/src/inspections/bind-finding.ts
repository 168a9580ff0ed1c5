import type { EntityManager } from 'typeorm';
import { newId, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { declareAllOwn } from '../obligations/own-obligation';
import { assignedTerms, type Terms } from '../rules/assigned-date';
import { RECTIFY_DUTY, SHARED_DUTY } from '../rules/inspections';
import { bindingTo, leaderOf } from './team-repository';

export interface FoundAt {
  readonly findingId: string;
  readonly unitId: string;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly teamId: string | null;
  readonly today: string;
  readonly rectifyBy: string | null | undefined;
}

export interface Bound {
  readonly rectifyBy: string;
  readonly obligationId: string;
  readonly sharedObligationId: string | null;
  declare(actor: Actor): Promise<void>;
}

/** What a finding makes owed: the unit rectifies; where the team shares its region's responsibility, the leader follows it through. Null: the date does not stand. */
export async function bindFinding(tx: EntityManager, at: FoundAt): Promise<Bound | null> {
  const jurisdictionCode = (await knownUnit(tx, at.unitId))?.divisionCode;
  const sources = { rules: officeRules(), calendar: officeCalendar() };
  const termsOf = (code: string): Terms | null => (jurisdictionCode ? assignedTerms({ code, startOn: at.today, jurisdictionCode }, at.rectifyBy, sources) : null);
  const terms = termsOf(RECTIFY_DUTY);
  if (!terms || !jurisdictionCode) return null;
  const leaderId = at.teamId && (await bindingTo(tx, at.teamId, jurisdictionCode))?.isShared ? await leaderOf(tx, at.teamId) : null;
  const shared = leaderId ? termsOf(SHARED_DUTY) : null;
  const duty = { caseId: at.caseId, campaignId: at.campaignId, subject: { type: 'InspectionFinding', id: at.findingId }, jurisdictionCode };
  const [obligationId, sharedObligationId] = [newId(), shared ? newId() : null];
  return {
    rectifyBy: terms.due.dueEffective, obligationId, sharedObligationId,
    declare: (actor) => declareAllOwn(tx, [
      { ...duty, ...terms, obligationId, dutyCode: RECTIFY_DUTY, obligorUnitId: at.unitId },
      ...(shared && sharedObligationId ? [{ ...duty, ...shared, obligationId: sharedObligationId, dutyCode: SHARED_DUTY, obligorUnitId: null, obligorOfficialId: leaderId }] : []),
    ], actor),
  };
}
