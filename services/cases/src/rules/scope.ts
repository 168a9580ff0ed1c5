import type { CaseScopeChanged, PayloadOf } from '@anjie/contracts';

type CaseScope = PayloadOf<typeof CaseScopeChanged>;

/** All that decides who sees a case and where it counts. */
export interface ScopeFacts {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly status: string;
  readonly isSealed: boolean;
  readonly isHard: boolean;
  readonly limitOn: string | null;
  readonly planOn: string | null;
  readonly registeredUnitId: string | null;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly planSince: string | null;
  readonly supportUnitIds: readonly string[];
  readonly referredUnitIds: readonly string[];
  readonly reviewerUnitIds: readonly string[];
  readonly closedOn: string | null;
  readonly sponsorIds: readonly string[];
  readonly taskForceIds: readonly string[];
  readonly guideUnitIds: readonly string[];
  readonly assistUnitIds: readonly string[];
  readonly cooperateUnitIds: readonly string[];
  readonly ledgers: CaseScope['ledgers'];
  readonly excluded: CaseScope['excluded'];
}

/**
 * The scope that follows from the facts: each part once, in a fixed order. A sealed case has one party, whoever has it:
 * the registrar until the transfer, then the organ alone (第三十条第三款).
 */
export function scopeOf(facts: ScopeFacts): CaseScope {
  const units = (role: CaseScope['parties'][number]['role'], ids: readonly (string | null)[]) =>
    [...new Set(ids)].filter((id) => id !== null).map((id) => ({ kind: 'UNIT' as const, id, role }));
  const officials = (role: CaseScope['parties'][number]['role'], ids: readonly string[]) =>
    [...new Set(ids)].map((id) => ({ kind: 'OFFICIAL' as const, id, role }));
  return {
    caseId: facts.caseId,
    divisionCode: facts.divisionCode,
    status: facts.status,
    leadUnitId: facts.leadUnitId,
    leadSince: facts.leadSince,
    planSince: facts.planSince,
    closedOn: facts.closedOn,
    isSealed: facts.isSealed,
    isHard: facts.isHard,
    limitOn: facts.limitOn,
    planOn: facts.planOn,
    parties: facts.isSealed ? [...units('REGISTRAR', [facts.leadUnitId ? null : facts.registeredUnitId]), ...units('LEAD', [facts.leadUnitId])] : [
      ...units('REGISTRAR', [facts.registeredUnitId]),
      ...units('LEAD', [facts.leadUnitId]),
      ...units('SUPPORT', facts.supportUnitIds),
      ...units('REFERRED', facts.referredUnitIds),
      ...units('REVIEWER', facts.reviewerUnitIds),
      ...units('GUIDE', facts.guideUnitIds),
      ...units('ASSIST', facts.assistUnitIds),
      ...units('COOPERATE', facts.cooperateUnitIds),
      ...officials('SPONSOR', facts.sponsorIds),
      ...officials('TASK_FORCE', facts.taskForceIds),
    ],
    excluded: [...facts.excluded],
    ledgers: facts.isSealed ? [] : [...facts.ledgers],
  };
}
