import type { DeadlineKind } from './deadline-plan';

export type ReminderReason = 'ASSIGNED_OFFICIAL' | 'UNIT_HEAD' | 'UNIT' | 'SPONSOR';

export interface CaseOfficial {
  readonly officialId: string;
  readonly role: string;
  /** In office in the obligor unit or in a unit below it. */
  readonly isInObligorUnit: boolean;
}

export interface ReminderFacts {
  readonly kind: DeadlineKind;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  /** Officials with a part in the case. */
  readonly caseOfficials: readonly CaseOfficial[];
  readonly headOfficialId: string | null;
  /** Named in the report: 《信访工作条例》第三十条第三款. */
  readonly excludedOfficialIds: readonly string[];
}

export interface Recipient {
  readonly kind: 'OFFICIAL' | 'UNIT';
  readonly id: string;
  readonly reason: ReminderReason;
}

/**
 * Whom to remind: the person who owes it, else the unit's people in the case, else its head, else the unit itself.
 * A sponsor (包案领导) hears of it too once the due date has passed. Nobody who is excluded from the case is told.
 */
export function recipientsOf(facts: ReminderFacts): Recipient[] {
  const may = (id: string | null): id is string => id !== null && !facts.excludedOfficialIds.includes(id);
  const found = new Map(responsible(facts, may).map((one) => [one.id, one]));
  if (facts.kind === 'REMIND_AFTER') {
    for (const { officialId } of facts.caseOfficials.filter((one) => one.role === 'SPONSOR')) {
      if (may(officialId) && !found.has(officialId)) found.set(officialId, { kind: 'OFFICIAL', id: officialId, reason: 'SPONSOR' });
    }
  }
  return [...found.values()];
}

function responsible(facts: ReminderFacts, may: (id: string | null) => id is string): Recipient[] {
  if (may(facts.obligorOfficialId)) return [{ kind: 'OFFICIAL', id: facts.obligorOfficialId, reason: 'ASSIGNED_OFFICIAL' }];
  const ofUnit = facts.caseOfficials.filter((one) => one.isInObligorUnit && may(one.officialId));
  if (ofUnit.length > 0) return ofUnit.map((one) => ({ kind: 'OFFICIAL', id: one.officialId, reason: 'ASSIGNED_OFFICIAL' }));
  if (may(facts.headOfficialId)) return [{ kind: 'OFFICIAL', id: facts.headOfficialId, reason: 'UNIT_HEAD' }];
  return facts.obligorUnitId ? [{ kind: 'UNIT', id: facts.obligorUnitId, reason: 'UNIT' }] : [];
}
