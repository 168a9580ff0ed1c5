import { addDays } from '@anjie/calendar';
import type { ContactAnswer } from './activity-lifecycle';
import { refusals, type SponsorshipRefusal } from './sponsoring';

export type SponsorDutyState = 'OPEN' | 'DONE' | 'CANCELLED';

/** What a kind says about its form; a row of kinds/sponsor-duties.yaml. */
export interface SponsorDutyRules {
  readonly code: string;
  readonly evidence: readonly string[];
  readonly dueDays: number;
  readonly isSupportContact: boolean;
  readonly retired: boolean;
}

export interface DutyToOpen {
  readonly kind: string;
  readonly dueOn: string;
}

/** 六包: which duties are opened, and until when; those that are there already are left out unless they were named. */
export function dutiesToOpen(all: readonly SponsorDutyRules[], { wanted, there, dueOn }: { wanted: readonly string[] | null; there: ReadonlySet<string>; dueOn: string | null }, today: string): readonly DutyToOpen[] | SponsorshipRefusal {
  const usable = all.filter((kind) => !kind.retired);
  const known = new Set(usable.map((kind) => kind.code));
  if (wanted?.some((code) => !known.has(code))) return refusals.kindUnknown();
  if (dueOn !== null && (dueOn < today || dueOn > addDays(today, 5 * 366))) return refusals.dateOutOfRange();
  const named = usable.filter((kind) => wanted === null || wanted.includes(kind.code));
  const open = named.filter((kind) => !there.has(kind.code));
  if (open.length === 0 || (wanted !== null && open.length < named.length)) return refusals.alreadyOpen();
  return open.map((kind) => ({ kind: kind.code, dueOn: dueOn ?? addDays(today, kind.dueDays) }));
}

export interface DutyRecord {
  readonly doneOn: string;
  readonly evidenceKind: string;
  readonly contactOffered: boolean | null;
  readonly contactAnswer: ContactAnswer | null;
}

/** A duty is done with the evidence of its kind; for contact and help what counts is the offer, whatever the answer. */
export function dutyObjection(kind: Pick<SponsorDutyRules, 'evidence' | 'isSupportContact'>, row: { state: SponsorDutyState; openedOn: string }, { record, today }: { record: DutyRecord; today: string }): SponsorshipRefusal | null {
  if (row.state !== 'OPEN') return refusals.illegalState();
  if (record.doneOn > today || record.doneOn < row.openedOn) return refusals.dateOutOfRange();
  if (!kind.evidence.includes(record.evidenceKind)) return refusals.evidenceNotFit();
  const isOfferFit = kind.isSupportContact ? record.contactOffered === true : record.contactOffered === null || record.contactOffered;
  const isAnswerFit = (record.contactAnswer !== null) === (record.contactOffered === true);
  return isOfferFit && isAnswerFit ? null : refusals.contactNotFit();
}

export type SafeHarbourState = 'PROPOSED' | 'APPROVED' | 'RETURNED';
export type SafeHarbourDecision = 'ENDORSE' | 'APPROVE' | 'RETURN';

/** 尽职免责: where a decision leads; an endorsement waits for the next one. */
export const afterDecision = (decision: SafeHarbourDecision): SafeHarbourState => (decision === 'APPROVE' ? 'APPROVED' : decision === 'RETURN' ? 'RETURNED' : 'PROPOSED');

/** Nobody approves what they propose, and what was decided stays so. */
export function decisionObjection({ state, proposedBy }: { state: SafeHarbourState; proposedBy: string }, subject: string): SponsorshipRefusal | null {
  if (subject === proposedBy) return refusals.forbidden();
  return state === 'PROPOSED' ? null : refusals.illegalState();
}
