import { refuse, type Refusal } from '@anjie/contracts';

export const VISIT_STATES = ['PLANNED', 'DONE', 'DECLINED', 'CANCELLED'] as const;
export type VisitState = (typeof VISIT_STATES)[number];
export type VisitOutcome = Exclude<VisitState, 'PLANNED'>;

export interface VisitRecord {
  readonly state: VisitState;
  readonly outcome: VisitOutcome;
  readonly doneOn: string | null;
  readonly summary: string | null;
  /** Where it was, and what the unit still has to do. */
  readonly findings?: readonly (string | null)[];
  readonly today: string;
}

/** May the visit be recorded so? Declining is the person's right and ends it without a word of explanation. */
export function refusesRecord(record: VisitRecord): Refusal<'ILLEGAL_STATE' | 'NOTHING_TO_RECORD' | 'DATE_INVALID'> | null {
  if (record.state !== 'PLANNED') return refuse('ILLEGAL_STATE', '该回访已有记录。', 'This visit is recorded already.');
  if (record.outcome !== 'DONE') {
    const isBare = [record.doneOn, record.summary, ...(record.findings ?? [])].every((said) => said === null);
    return isBare ? null : refuse('NOTHING_TO_RECORD', '未进行的回访不作记录，也不询问谢绝的理由。', 'A visit that did not take place has neither day nor summary; nobody is asked why.');
  }
  if (record.doneOn !== null && record.doneOn <= record.today) return null;
  return refuse('DATE_INVALID', '回访日期必填，且不得晚于今天。', 'The day of the visit is needed and lies not after today.');
}

export const refusesPlan = ({ plannedOn, today }: { plannedOn: string; today: string }): Refusal<'DATE_INVALID'> | null =>
  plannedOn >= today ? null : refuse('DATE_INVALID', '计划日期不得早于今天。', 'A visit is planned for today or later.');

/** The duty is to offer: whoever is declined has offered. */
export const visitDutyEnd = (outcome: VisitOutcome): 'MET' | 'CANCELLED' => (outcome === 'CANCELLED' ? 'CANCELLED' : 'MET');
