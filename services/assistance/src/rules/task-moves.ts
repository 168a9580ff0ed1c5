/** What a change of the lead unit does to an open task: it goes along, stays where it is, or waits for a person. */
export type TaskMove = 'MOVE' | 'STAY' | 'FLAG';

export interface MovableTask {
  /** A referral that the lead sent, one that it received, a planned visit, an agency task. */
  readonly kind: 'SENT_REFERRAL' | 'RECEIVED_REFERRAL' | 'VISIT' | 'AGENCY';
  /** The unit at the other end of a referral. */
  readonly counterpartUnitId: string | null;
}

export interface LeadChange {
  readonly oldLeadId: string;
  readonly newLeadId: string;
  /** The new lead is kept out of the case (第三十条第三款) or not open. */
  readonly isNewLeadBarred: boolean;
}

/**
 * Whoever leads the case waits for the answers and makes the visits, so these go along. What a unit was asked for as the department
 * that it is stays its own. An authority names its agent: only the petitioner can give another one. A referral to the unit that now
 * leads has nobody to answer to: a person withdraws or completes it.
 */
export function moveOfTask({ kind, counterpartUnitId }: MovableTask, { newLeadId, isNewLeadBarred }: LeadChange): TaskMove {
  if (kind === 'RECEIVED_REFERRAL') return 'STAY';
  if (kind === 'AGENCY' || isNewLeadBarred) return 'FLAG';
  return kind === 'SENT_REFERRAL' && counterpartUnitId === newLeadId ? 'FLAG' : 'MOVE';
}
