import type { EscalationAudience } from '@anjie/rulebook';
import type { DeadlineKind } from './deadline-plan';

export type ReminderReason = 'ASSIGNED_OFFICIAL' | 'UNIT_HEAD' | 'UNIT' | 'SPONSOR' | 'OVERSIGHT_OFFICE';

export interface CaseOfficial {
  readonly officialId: string;
  readonly role: string;
  /** In office in the obligor unit or in a unit below it. */
  readonly isInObligorUnit: boolean;
}

export interface ReminderFacts {
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  /** Officials with a part in the case. */
  readonly caseOfficials: readonly CaseOfficial[];
  readonly headOfficialId: string | null;
  /** The joint office that oversees the unit's division; null when none is known, or when it may not know of the case. */
  readonly oversightUnitId: string | null;
  /** Officials and units named in the report: 《信访工作条例》第三十条第三款. */
  readonly excludedIds: readonly string[];
}

export interface ReminderOccasion {
  readonly kind: DeadlineKind;
  /** Whom a rung of the ladder tells; null for every other kind. */
  readonly tells: EscalationAudience | null;
}

export interface Recipient {
  readonly kind: 'OFFICIAL' | 'UNIT';
  readonly id: string;
  readonly reason: ReminderReason;
}

const official = (id: string, reason: ReminderReason): Recipient => ({ kind: 'OFFICIAL', id, reason });
const unit = (id: string | null, reason: ReminderReason): Recipient[] => (id === null ? [] : [{ kind: 'UNIT', id, reason }]);

/**
 * Whom to remind: the person who owes it, else the unit's people in the case, else its head, else the unit itself.
 * A sponsor (包案领导) hears of it too once the due date has passed; a rung of the ladder tells only whom it names.
 * Nobody who is excluded from the case is told, neither a person nor a unit.
 */
export function recipientsOf({ kind, tells }: ReminderOccasion, facts: ReminderFacts): Recipient[] {
  const may = (one: Recipient): boolean => !facts.excludedIds.includes(one.id);
  const found = new Map<string, Recipient>();
  const candidates = tells ? audience(tells, facts, may) : [...responsible(facts, may), ...(kind === 'REMIND_AFTER' ? sponsors(facts) : [])];
  for (const one of candidates.filter(may)) if (!found.has(one.id)) found.set(one.id, one);
  return [...found.values()];
}

type May = (one: Recipient) => boolean;

function audience(tells: EscalationAudience, facts: ReminderFacts, may: May): Recipient[] {
  if (tells === 'SPONSORS') return sponsors(facts);
  return tells === 'JOINT_OFFICE' ? unit(facts.oversightUnitId, 'OVERSIGHT_OFFICE') : headOrUnit(facts, may);
}

const sponsors = (facts: ReminderFacts): Recipient[] =>
  facts.caseOfficials.filter((one) => one.role === 'SPONSOR').map((one) => official(one.officialId, 'SPONSOR'));

function headOrUnit({ headOfficialId, obligorUnitId }: ReminderFacts, may: May): Recipient[] {
  const head = headOfficialId === null ? [] : [official(headOfficialId, 'UNIT_HEAD')].filter(may);
  return head.length > 0 ? head : unit(obligorUnitId, 'UNIT');
}

function responsible(facts: ReminderFacts, may: May): Recipient[] {
  const debtor = facts.obligorOfficialId === null ? [] : [official(facts.obligorOfficialId, 'ASSIGNED_OFFICIAL')].filter(may);
  if (debtor.length > 0) return debtor;
  const ofUnit = facts.caseOfficials.filter((one) => one.isInObligorUnit).map((one) => official(one.officialId, 'ASSIGNED_OFFICIAL')).filter(may);
  return ofUnit.length > 0 ? ofUnit : headOrUnit(facts, may);
}
